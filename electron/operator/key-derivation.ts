/**
 * Lets ethers derive keystore keys with Node's own scrypt: off the main thread and many times faster than its
 * portable one. (Its pbkdf2 is Node's own already.)
 */
import { scrypt as nodeScrypt } from 'node:crypto';
import { scrypt } from 'ethers';

/** The most memory that one derivation may take, in bytes. */
export const MAX_SCRYPT_MEMORY = 2 ** 30;

/** What OpenSSL takes on top of the large block. */
const SLACK = 64 * 2 ** 20;

let registered = false;

/** The large block of scrypt with the parameters given, in bytes, counted for all p lanes. @see RFC 7914 */
export function scryptMemory(parameters: { n: number; r: number; p: number }): number {
  return 128 * parameters.n * parameters.r * parameters.p;
}

/** Derives a key by scrypt, off the main thread. The caller wipes it. @see RFC 7914 */
export function deriveKey(
  password: Uint8Array,
  salt: Uint8Array,
  { n, r, p }: { readonly n: number; readonly r: number; readonly p: number },
  length: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: n, r, p, maxmem: MAX_SCRYPT_MEMORY + SLACK };
    nodeScrypt(password, salt, length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** Must have been called before the first keystore is opened or made; calling it again changes nothing. */
export function useNativeKeyDerivation(): void {
  if (registered) return;
  scrypt.register((password, salt, n, r, p, length) => deriveKey(password, salt, { n, r, p }, length));
  registered = true;
}
