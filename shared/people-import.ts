/** What an import of people would change, as it is shown before anything is. */
import { z } from 'zod';
import { hash32Schema } from './values.ts';

const countSchema = z.int().nonnegative();

/** At the most so many changes, and so many errors, are told one by one; all of them are counted. */
export const TOLD_CHANGES = 200;
export const TOLD_ERRORS = 100;

export const importChangeSchema = z.lazy(() =>
  z.strictObject({
    /** Where its row or entry begins in the file; null for somebody who is not in it. */
    line: z.int().positive().nullable(),
    /** `kept`: nothing changes, against what the row says. */
    kind: z.enum(['added', 'changed', 'kept', 'removed']),
    id: z.string(),
    name: z.string().nullable(),
    /** In words. */
    what: z.array(z.string()),
  }),
);
export type ImportChange = z.output<typeof importChangeSchema>;

export const importPreviewSchema = z.lazy(() =>
  z.strictObject({
    fileName: z.string(),
    format: z.enum(['csv', 'json']),
    /** Names what was shown: file, directory and choice. It alone is what may be carried out. */
    digest: hash32Schema,
    rows: countSchema,
    added: countSchema,
    changed: countSchema,
    unchanged: countSchema,
    /** Of the unchanged, those of whom the row says otherwise: they are told with the changes. */
    kept: countSchema,
    /** In the directory and not in the file. */
    missing: countSchema,
    /** Whether those are removed: never unless it was asked for. */
    removesMissing: z.boolean(),
    changes: z.array(importChangeSchema).max(TOLD_CHANGES),
    errors: z.array(z.strictObject({ line: z.int().positive(), message: z.string() })).max(TOLD_ERRORS),
    /** With a single one nothing is imported. */
    errorCount: countSchema,
  }),
);
export type ImportPreview = z.output<typeof importPreviewSchema>;
