import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PreviewSigners } from '../../../../renderer/features/preview/preview-signers.tsx';
import { previewSchema } from '../../../../shared/preview.ts';
import type { Preview } from '../../../../shared/preview.ts';
import { SAFE, samplePreview, splitPreview } from '../../../support/fake-desk-data.ts';

function drawn(preview: Preview): string {
  return renderToStaticMarkup(<PreviewSigners preview={previewSchema.parse(preview)} />);
}

describe('who would sign', () => {
  it('is not shown where one operator signs everything', () => {
    expect(drawn(samplePreview(12, false))).toBe('');
  });

  it('is shown with each one’s tokens, and who pays', () => {
    expect(drawn(splitPreview(SAFE, false))).toMatch(/Who recovers.*The custodian who was named/su);
    expect(drawn(splitPreview(SAFE, false))).not.toMatch(/Paid elsewhere/u);
    expect(drawn(splitPreview(SAFE, true))).toMatch(/Paid elsewhere/u);
  });
});
