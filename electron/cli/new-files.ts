/** Files that belong together: all of them are written, over nothing, or none is. */
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { DeskError } from '../../shared/errors.ts';

interface NewFile {
  readonly name: string;
  readonly text: string;
}

async function written(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Each is written whole under another name first, and its own name is taken before any of them gets there.
 * @param folder is made where it is not there.
 * @returns where they are. @throws DeskError FILE_UNWRITABLE: none of them is left then.
 */
export async function writeNewFiles(folder: string, files: readonly NewFile[]): Promise<readonly string[]> {
  const goals = files.map(({ name, text }) => ({
    text,
    file: path.join(folder, name),
    draft: path.join(folder, `.${randomUUID()}.part`),
  }));
  const ours: string[] = [];
  let at = folder;
  try {
    await mkdir(folder, { recursive: true });
    for (const { draft, file, text } of goals) {
      at = file;
      ours.push(draft);
      await written(draft, text);
    }
    for (const { file } of goals) {
      at = file;
      await written(file, '');
      ours.push(file);
    }
    for (const { draft, file } of goals) {
      at = file;
      await rename(draft, file);
    }
    return goals.map(({ file }) => file);
  } catch (cause) {
    await Promise.allSettled(ours.map((file) => rm(file, { force: true })));
    throw new DeskError('FILE_UNWRITABLE', {
      message: `${at} cannot be written, or is there already. None of the ${files.length} files was written, and nothing was written over.`,
      remedy: 'Choose another folder with --out.',
      retry: 'safe',
      cause,
    });
  }
}
