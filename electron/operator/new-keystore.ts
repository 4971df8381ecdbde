/** Seals keys in keystores. A new key is made here and sealed at once: it leaves this file in a keystore only. */
import { randomBytes } from 'node:crypto';
import { computeAddress, encryptKeystoreJson, hexlify } from 'ethers';
import { z } from 'zod';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { MAX_SCRYPT_MEMORY, scryptMemory, useNativeKeyDerivation } from './key-derivation.ts';
import { typedForm, wipe } from './passphrase.ts';

export const MIN_SCRYPT_N = 131_072;
/** For keys that are public knowledge, as those of the practice network are: a strong derivation would only cost time. */
export const PRACTICE_SCRYPT_N = 1_024;
const R = 8;
const P = 1;

export interface NewKeystore {
  readonly address: Address;
  /** Web3 Secret Storage version 3, with the keys in the case that the definition gives. */
  readonly json: string;
}

const writtenSchema = z.lazy(() =>
  z.object({
    version: z.literal(3),
    id: z.string(),
    address: z.string(),
    Crypto: z.record(z.string(), z.unknown()),
  }),
);

interface Options {
  /** The scrypt cost, a power of two of at least 131072 (the default); r is 8, p is 1. */
  readonly scryptN?: number;
}

/**
 * Makes a random secp256k1 key and seals it under the passphrase, as `sealKeystore` does.
 * @throws RangeError for another cost.
 */
export async function createKeystore(passphrase: Uint8Array, options: Options = {}): Promise<NewKeystore> {
  const secret = randomBytes(32);
  try {
    return await sealKeystore(secret, passphrase, options);
  } finally {
    wipe(secret);
  }
}

/**
 * Encrypts a secp256k1 key (32 bytes) under the passphrase, in its NFKC form where it is not plain ASCII (as ethers
 * and browser wallets derive it from typed text). The caller wipes key and passphrase.
 * @throws RangeError for another cost.
 * @see Web3 Secret Storage Definition, version 3
 */
export async function sealKeystore(
  secret: Uint8Array,
  passphrase: Uint8Array,
  options: Options = {},
): Promise<NewKeystore> {
  const N = options.scryptN ?? MIN_SCRYPT_N;
  assertCost(N);
  useNativeKeyDerivation();
  const privateKey = hexlify(secret);
  const address = computeAddress(privateKey);
  const scrypt = { N, r: R, p: P };
  const typed = typedForm(passphrase);
  try {
    const json = await encryptKeystoreJson({ address, privateKey }, typed, { scrypt });
    return { address: toAddress(address), json: asDefined(json) };
  } finally {
    if (typed !== passphrase) wipe(typed);
  }
}

function assertCost(n: number): void {
  const powerOfTwo = Number.isInteger(n) && Number.isInteger(Math.log2(n));
  const strong = n >= MIN_SCRYPT_N || n === PRACTICE_SCRYPT_N;
  if (!powerOfTwo || !strong || scryptMemory({ n, r: R, p: P }) > MAX_SCRYPT_MEMORY) {
    throw new RangeError(`scrypt N must be a power of two of at least ${MIN_SCRYPT_N} within 1 GiB: ${n}`);
  }
}

/** ethers writes `Crypto`, the definition says `crypto`; not every wallet program takes both. */
function asDefined(json: string): string {
  const { version, id, address, Crypto } = writtenSchema.parse(JSON.parse(json));
  return `${JSON.stringify({ version, id, address, crypto: Crypto }, null, 2)}\n`;
}
