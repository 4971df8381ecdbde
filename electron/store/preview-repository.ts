/** Previews by their digest. What is read is what the digest was taken of, or it is refused. */
import { z } from 'zod';
import { canonicalText } from '../../shared/canonical.ts';
import { DeskError } from '../../shared/errors.ts';
import { previewDigest, previewSchema } from '../../shared/preview.ts';
import type { Preview } from '../../shared/preview.ts';
import type { Hex } from '../../shared/values.ts';
import type { Store } from './database.ts';
import { readDigested } from './digested-body.ts';

export interface PreviewRepository {
  /** Stores a preview and gives its digest; the same preview again changes nothing. */
  save(preview: Preview): Hex;
  /** @throws DeskError PREVIEW_ALTERED when the stored text does not match the digest. */
  get(digest: Hex): Preview | null;
}

const rowSchema = z.object({ body: z.string() });

export function previewRepository(store: Store): PreviewRepository {
  return {
    save(preview) {
      const digest = previewDigest(preview);
      store.run('INSERT INTO preview (digest, body) VALUES (:digest, :body) ON CONFLICT DO NOTHING', {
        digest,
        body: canonicalText(preview),
      });
      return digest;
    },
    get(digest) {
      const row = store.row(rowSchema, 'SELECT body FROM preview WHERE digest = :digest', { digest });
      if (row === null) return null;
      const preview = previewSchema.safeParse(readDigested(row.body, digest));
      if (preview.success) return preview.data;
      throw new DeskError('PREVIEW_ALTERED', {
        message: `The stored preview ${digest} does not match its digest. Nothing was done with it.`,
        remedy: 'Make a new preview, and find out who changed the database.',
        retry: 'never',
      });
    },
  };
}
