/** Opens keystores. The key of an opened one stays inside `OpenKey`: it can sign, and cannot be read out. */
import { readFile } from 'node:fs/promises';
import { computeAddress, decryptKeystoreJson, getBytes, isError, SigningKey } from 'ethers';
import type { Signature } from 'ethers';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import { useNativeKeyDerivation } from './key-derivation.ts';
import { keystoreCorrupt, readKeystoreDocument } from './keystore-document.ts';
import type { KeystoreDocument } from './keystore-document.ts';
import { passphraseForms, wipe } from './passphrase.ts';

/**
 * A key that signs until it is closed.
 * SECURITY: the key lives in a private field, which no inspection, serialization or copy reaches.
 */
export class OpenKey {
  readonly address: Address;
  #key: SigningKey | null;

  constructor(key: SigningKey) {
    this.address = toAddress(computeAddress(key));
    this.#key = key;
  }

  /** Signs a 32-byte digest: deterministic (RFC 6979) and low-s. @throws Error once closed. */
  sign(digest: Hex): Signature {
    if (this.#key === null) throw new Error('the key is closed');
    return this.#key.sign(digest);
  }

  /** Lets go of the key. The bytes that ethers held are left to the garbage collector. */
  close(): void {
    this.#key = null;
    // SECURITY: the engine keeps the last text that a regular expression met, and ethers looks at keys with one.
    /\d/u.test('0');
  }
}

/** The text of a keystore file. @throws DeskError KEYSTORE_UNREADABLE */
export async function readKeystoreFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new DeskError('KEYSTORE_UNREADABLE', {
      message: `The keystore file ${path} cannot be read. Nothing was opened or signed.`,
      remedy: 'Check that the file is there and that you may read it.',
      retry: 'safe',
      cause,
    });
  }
}

/**
 * Decrypts a keystore. The caller wipes the passphrase.
 * @throws DeskError KEYSTORE_CORRUPT, also when the address it names is not the key's; PASSPHRASE_WRONG.
 * @see Web3 Secret Storage Definition, version 3
 */
export async function openKeystore(json: string, passphrase: Uint8Array): Promise<OpenKey> {
  const secret = await keystoreSecret(json, passphrase);
  try {
    return new OpenKey(new SigningKey(secret));
  } finally {
    wipe(secret);
  }
}

/**
 * The private key of a keystore, 32 bytes, to be sealed anew; to sign, open it. The caller wipes it and the passphrase.
 * @throws DeskError as `openKeystore`.
 */
export async function keystoreSecret(json: string, passphrase: Uint8Array): Promise<Uint8Array> {
  useNativeKeyDerivation();
  const document = readKeystoreDocument(json);
  for (const form of passphraseForms(passphrase)) {
    const secret = await decrypt(document, form);
    if (secret !== null) return named(secret, document);
  }
  throw new DeskError('PASSPHRASE_WRONG', {
    message: 'The passphrase does not open this keystore. Nothing was opened or signed.',
    remedy: 'Check that the passphrase and the keystore belong together, then enter it again.',
    retry: 'safe',
  });
}

/** The key, or null when the passphrase does not fit. SECURITY: errors of ethers go no further, they may quote. */
async function decrypt(document: KeystoreDocument, passphrase: Uint8Array): Promise<Uint8Array | null> {
  const { version, crypto } = document;
  try {
    const account = await decryptKeystoreJson(JSON.stringify({ version, crypto }), passphrase);
    return getBytes(account.privateKey);
  } catch (error) {
    if (isError(error, 'INVALID_ARGUMENT') && error.argument === 'password') return null;
    throw keystoreCorrupt('what it holds is no key');
  }
}

function named(secret: Uint8Array, document: KeystoreDocument): Uint8Array {
  if (document.address === undefined) return secret;
  const stored = toAddress(`0x${document.address.replace(/^0x/, '')}`);
  const real = toAddress(computeAddress(new SigningKey(secret)));
  if (stored === real) return secret;
  wipe(secret);
  throw keystoreCorrupt(`it names the address ${stored}, but its key has another`);
}
