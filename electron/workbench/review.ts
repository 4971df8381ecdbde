/** Opens a preview file for review: offline, signed out, its digest computed again before anything of it is shown. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import type { ReviewedPreview } from '../../shared/review-view.ts';
import { unpackPreview } from '../review/preview-package.ts';
import type { Dialogs } from './needs.ts';

const MAX_BYTES = 64 * 2 ** 20;

async function textOf(file: string): Promise<string> {
  try {
    const found = await stat(file);
    if (found.isFile() && found.size <= MAX_BYTES) return await readFile(file, 'utf8');
  } catch (cause) {
    throw new DeskError('FILE_UNREADABLE', {
      message: `${path.basename(file)} cannot be read.`,
      remedy: 'Check that the file is there and that you may read it.',
      retry: 'safe',
      cause,
    });
  }
  throw new DeskError('PREVIEW_INVALID', {
    message: `${path.basename(file)} is no preview: it is larger than any, or no plain file.`,
    remedy: 'Ask whoever sent it for the preview file itself.',
    retry: 'never',
  });
}

/** @throws DeskError FILE_UNREADABLE, PREVIEW_INVALID, PREVIEW_ALTERED. */
export async function openForReview(dialogs: Dialogs): Promise<ReviewedPreview | null> {
  const filters = [{ name: 'Preview', extensions: ['json'] }];
  const file = await dialogs.openFile({ title: 'Preview to review', filters });
  if (file === null) return null;
  return { fileName: path.basename(file), ...unpackPreview(await textOf(file)) };
}
