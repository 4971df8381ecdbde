/**
 * What an operator's secrets are locked with. The wrapping secret lies in the keychain, the passphrase in a head: what
 * is derived here needs both, so that neither the disk nor the keychain alone, nor the two together, open a thing.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import { bytesOf, typedForm, wipe } from './passphrase.ts';

/** Length of a wrapping secret, in bytes. */
export const WRAPPING_BYTES = 32;

const BYTES = 32;
const PASSWORD_USE = 'recovery-desk vault 1: password';
const MARK_USE = 'recovery-desk vault 1: mark';

/**
 * The password of keystore and box: HMAC-SHA-256 of the passphrase's NFKC form under the wrapping secret, as 64 hex
 * digits; without a wrapping secret that form itself. A copy, which the caller wipes.
 */
export function vaultPassword(wrapping: Uint8Array | null, passphrase: Uint8Array): Uint8Array {
  const typed = typedForm(passphrase);
  try {
    if (wrapping === null) return Uint8Array.from(typed);
    return withKey(wrapping, PASSWORD_USE, (key) => {
      const digest = createHmac('sha256', key).update(typed).digest();
      const password = bytesOf(digest.toString('hex'), 'latin1');
      wipe(digest);
      return password;
    });
  } finally {
    if (typed !== passphrase) wipe(typed);
  }
}

/**
 * A mark over the text of a record, 32 bytes. Under a wrapping secret nobody else can make it; without one it shows
 * accidents alone.
 */
export function recordMark(wrapping: Uint8Array | null, text: string): Uint8Array {
  if (wrapping === null) return markUnder(new Uint8Array(0), text);
  return withKey(wrapping, MARK_USE, (key) => markUnder(key, text));
}

function markUnder(key: Uint8Array, text: string): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(text, 'utf8').digest());
}

/** A key for one use alone. @see RFC 5869 */
function withKey<T>(wrapping: Uint8Array, use: string, work: (key: Uint8Array) => T): T {
  const key = new Uint8Array(hkdfSync('sha256', wrapping, new Uint8Array(0), use, BYTES));
  try {
    return work(key);
  } finally {
    wipe(key);
  }
}
