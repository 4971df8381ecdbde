/**
 * Private keys that a person brings along, in the three forms that wallets give them out in. What was typed comes in
 * as bytes and never becomes part of a message.
 */
import { computeAddress, getBytes, HDNodeWallet, Mnemonic, SigningKey } from 'ethers';
import type { Address } from '../../shared/address.ts';
import { toAddress } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import { derivationPathSchema } from '../../shared/operator.ts';
import { keystoreSecret } from './keystore.ts';
import { bytesOf, wipe } from './passphrase.ts';

/** The path that wallet programs take for the first account. @see BIP-44 */
const DEFAULT_PATH = "m/44'/60'/0'/0/0";

/** The order of secp256k1. @see SEC 2, 2.4.1 */
const ORDER = Buffer.from('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141', 'hex');
const KEY_BYTES = 32;
const PREFIX = /^0x/i;

/** What was entered, in UTF-8. The caller wipes the bytes. */
export type KeySource =
  /** A Web3 Secret Storage version 3 document and its passphrase. */
  | { readonly kind: 'keystore'; readonly json: string; readonly passphrase: Uint8Array }
  /** 64 hex digits, with or without 0x. */
  | { readonly kind: 'privateKey'; readonly hex: Uint8Array }
  /** An English BIP-39 phrase of 12 to 24 words, with its own passphrase if there is one. */
  | {
      readonly kind: 'phrase';
      readonly phrase: Uint8Array;
      readonly passphrase: Uint8Array | null;
      readonly path?: string;
    };

export interface ImportedKey {
  readonly address: Address;
  /** 32 bytes, which the caller wipes. */
  readonly privateKey: Uint8Array;
}

/**
 * The key that was entered, and its address, to be compared by the person before it is kept.
 * @throws DeskError KEY_IMPORT_INVALID; for a keystore KEYSTORE_CORRUPT, PASSPHRASE_WRONG.
 */
export async function importKey(source: KeySource): Promise<ImportedKey> {
  const privateKey = await keyOf(source);
  return { address: toAddress(computeAddress(new SigningKey(privateKey))), privateKey };
}

async function keyOf(source: KeySource): Promise<Uint8Array> {
  switch (source.kind) {
    case 'keystore':
      return keystoreSecret(source.json, source.passphrase);
    case 'privateKey':
      return keyFromHex(source.hex);
    case 'phrase':
      return keyFromPhrase(source.phrase, source.passphrase, source.path ?? DEFAULT_PATH);
  }
}

function keyFromHex(hex: Uint8Array): Uint8Array {
  const digits = textOf(hex, 'The private key').trim().replace(PREFIX, '');
  if (!/^[0-9a-f]{64}$/i.test(digits)) {
    throw invalid(
      'The private key does not consist of 64 hexadecimal digits (0 to 9, a to f)',
      'Copy it again as a whole; "0x" in front may be there or not.',
    );
  }
  const key = bytesOf(digits, 'hex');
  if (key.length === KEY_BYTES && key.some((byte) => byte !== 0) && Buffer.compare(key, ORDER) < 0)
    return key;
  wipe(key);
  throw invalid('The digits are no possible private key', 'Copy the private key again as a whole.');
}

/** @see BIP-39, BIP-32. ethers takes both texts in their NFKD form and checks the checksum. */
function keyFromPhrase(phrase: Uint8Array, passphrase: Uint8Array | null, path: string): Uint8Array {
  if (!derivationPathSchema.safeParse(path).success) throw pathInvalid();
  const words = textOf(phrase, 'The recovery phrase').normalize('NFKD').trim();
  const extra = passphrase === null ? '' : textOf(passphrase, 'The passphrase of the recovery phrase');
  const seed = getBytes(mnemonicOf(words, extra).computeSeed());
  try {
    return getBytes(HDNodeWallet.fromSeed(seed).derivePath(path).privateKey);
  } catch {
    throw pathInvalid();
  } finally {
    wipe(seed);
  }
}

function mnemonicOf(words: string, passphrase: string): Mnemonic {
  try {
    return Mnemonic.fromPhrase(words, passphrase);
  } catch {
    // SECURITY: the library's error goes no further.
    throw invalid(
      'These words are no recovery phrase: one of them is not in the English list (BIP-39), one is missing or too many, or they are in another order',
      'Compare each word and their order with the paper they are on. Phrases have 12, 15, 18, 21 or 24 words.',
    );
  }
}

function textOf(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid(`${what} is no readable text`, 'Enter it again, or copy it from another program.');
  }
}

function pathInvalid(): DeskError {
  return invalid(
    'The derivation path is none',
    `Use the path that the wallet names for the account, such as ${DEFAULT_PATH}; each number is below 2147483648.`,
  );
}

function invalid(what: string, remedy: string): DeskError {
  return new DeskError('KEY_IMPORT_INVALID', {
    message: `${what}. No key was imported.`,
    remedy,
    retry: 'safe',
  });
}
