import { createHash } from 'node:crypto';
import type { Hex } from '../../shared/values.ts';

/** SHA-256 of a keystore's text in UTF-8: whether what lies on the disk is what was made. */
export function keystoreDigest(keystore: string): Hex {
  return `0x${createHash('sha256').update(keystore, 'utf8').digest('hex')}`;
}
