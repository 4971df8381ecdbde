import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { DeskError } from '../../shared/errors.ts';

/**
 * Writes a file whole or not at all, readable by its owner alone. One that was there is replaced.
 * @throws DeskError FILE_UNWRITABLE, DISK_FULL; then nothing of it is left, and what was there stays.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  // Beside its goal, because only within one folder is the last step a single one.
  const draft = path.join(path.dirname(file), `.${randomUUID()}.part`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw unwritable(file, thrown);
  }
}

function unwritable(file: string, cause: unknown): DeskError {
  const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
  return new DeskError(full ? 'DISK_FULL' : 'FILE_UNWRITABLE', {
    message: `${file} could not be written${full ? ', because the disk is full' : ''}. Nothing of it was saved.`,
    remedy: full
      ? 'Free some space, or choose a folder on another disk.'
      : 'Choose a folder that you may write to.',
    retry: 'safe',
    cause,
  });
}
