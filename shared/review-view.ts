/** A preview file as it was opened for review: offline, signed out. */
import { z } from 'zod';
import { previewSchema } from './preview.ts';
import { hash32Schema } from './values.ts';

/** A file whose digest does not hold is no reviewed preview but an error: nothing of it is shown. */
export const reviewedPreviewSchema = z.lazy(() =>
  z.strictObject({
    fileName: z.string(),
    preview: previewSchema,
    digest: hash32Schema,
  }),
);
export type ReviewedPreview = z.output<typeof reviewedPreviewSchema>;
