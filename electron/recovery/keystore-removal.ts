/** Takes a handed-over keystore off the disk: overwritten where it lies, then removed, then looked for. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import { syncFolder, WALLETS } from './replacement-wallet.ts';

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return false;
    throw thrown;
  }
}

/** A drive that writes elsewhere keeps the old blocks for a while: the keystore is sealed in them, too. */
async function overwrite(file: string): Promise<void> {
  // SECURITY: never through a link: what it leads to is not ours.
  const handle = await open(file, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    const { size } = await handle.stat();
    await handle.write(randomBytes(size), 0, size, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Removes the keystore of the desk's own folder. May be repeated.
 * @param file in the data folder, or elsewhere: then it is somebody's own copy, and stays.
 * @returns where one was left because it is not the desk's; null for none.
 * @throws DeskError HAND_OVER_NOT_CLEARED
 */
export async function removeKeystore(dataFolder: string, file: string): Promise<string | null> {
  const folder = path.join(dataFolder, WALLETS);
  const full = path.resolve(dataFolder, file);
  try {
    if (!(await isThere(full))) return null;
    if (path.dirname(full) !== folder) return full;
    if ((await lstat(full)).isFile()) await overwrite(full);
    await rm(full);
    await syncFolder(folder);
    if (await isThere(full)) throw new Error('it is still there');
    return null;
  } catch (cause) {
    throw new DeskError('HAND_OVER_NOT_CLEARED', {
      message: `The keystore ${full} cannot be removed. The hand-over is marked done, and the desk gives out nothing any more.`,
      remedy: 'Check the rights on the data folder, then mark the hand-over done once more.',
      retry: 'safe',
      cause,
    });
  }
}
