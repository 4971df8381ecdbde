import { DeskError } from './errors.ts';

/**
 * Counts characters (Unicode code points) without making a text of the secret.
 * @throws DeskError PASSPHRASE_WEAK for fewer than `least`.
 */
export function assertStrong(passphrase: Uint8Array, least: number): void {
  const characters = passphrase.reduce((count, byte) => ((byte & 0xc0) === 0x80 ? count : count + 1), 0);
  if (characters >= least) return;
  throw new DeskError('PASSPHRASE_WEAK', {
    message: `The new passphrase is shorter than ${least} characters. Nothing was made or changed.`,
    remedy: `Choose a passphrase of at least ${least} characters; several words in a row are easy to keep.`,
    retry: 'safe',
  });
}
