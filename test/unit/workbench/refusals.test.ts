import { describe, expect, it } from 'vitest';
import { notEntered } from '../../../electron/workbench/refusals.ts';

describe('what was not entered', () => {
  it('is said to be so, by whoever closed the window', () => {
    const error = notEntered('cancelled', 'The proof');
    expect(error).toMatchObject({ code: 'ENTRY_CANCELLED', retry: 'safe' });
    expect(error.message).toBe('The proof was not entered. Nothing was done.');
  });

  it('is said to be no choice of theirs where the window ended by itself', () => {
    const error = notEntered('lost', 'The proof');
    expect(error).toMatchObject({ code: 'ENTRY_LOST', retry: 'safe' });
    expect(error.message).toBe(
      'The proof was not entered: the window for it ended by itself. Nothing was done.',
    );
  });
});
