/** A file that is written once, for its owner alone, and over nothing. */
import { open, rm } from 'node:fs/promises';
import { DeskError } from '../../shared/errors.ts';

function unwritable(file: string, cause: unknown): DeskError {
  return new DeskError('FILE_UNWRITABLE', {
    message: `${file} cannot be written, or is there already. Nothing was written over.`,
    remedy: 'Name a file that is not there yet, with --out.',
    retry: 'safe',
    cause,
  });
}

/**
 * Makes the file before what goes into it is taken, so that nothing is taken for nowhere.
 * @param take gives the text, or null for none after all; then, and where it throws, no file is left.
 * @returns whether it was written.
 * @throws DeskError FILE_UNWRITABLE, and what `take` throws.
 */
export async function writeNewFile(file: string, take: () => Promise<string | null>): Promise<boolean> {
  const handle = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    throw unwritable(file, cause);
  });
  let written = false;
  try {
    const text = await take();
    if (text === null) return false;
    await handle.writeFile(text, 'utf8').catch((cause: unknown) => {
      throw unwritable(file, cause);
    });
    await handle.sync();
    written = true;
    return true;
  } finally {
    await handle.close();
    if (!written) await rm(file, { force: true });
  }
}
