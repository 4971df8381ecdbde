import { isValidElement } from 'react';
import { describe, expect, it } from 'vitest';
import { VIEW_FAULT, ViewFault } from '../../../renderer/app/view-fault.tsx';
import { errorViewSchema } from '../../../shared/answer.ts';

describe('a view that can’t be drawn', () => {
  it('gives way to what to do next, in place of an empty window', () => {
    const boundary = new ViewFault({ children: 'the view' });
    expect(boundary.render()).toBe('the view');

    Object.assign(boundary.state, ViewFault.getDerivedStateFromError());
    const shown = boundary.render();

    expect(isValidElement<{ error: unknown }>(shown) && shown.props.error).toBe(VIEW_FAULT);
    expect(errorViewSchema.safeParse(VIEW_FAULT).success).toBe(true);
  });
});
