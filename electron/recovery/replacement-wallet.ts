/**
 * Replacement wallets that the desk makes and keeps. A wallet counts as made once its keystore lies on disk, synced,
 * and was read back and opened. Must never hold a key: keystores are sealed and opened behind `KeystoreCodec`.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import { assertStrong } from '../../shared/passphrase-strength.ts';
import type { Policy } from '../../shared/policy.ts';
import { isoTime } from '../../shared/values.ts';
import type { KeystoreCodec } from './needs.ts';

/** Of the data folder: the folder of the keystores. */
export const WALLETS = 'wallets';
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

export interface GenerateWallet {
  /** The data folder; the keystore goes into its folder `wallets`. */
  readonly folder: string;
  /** Wiped by the caller. */
  readonly passphrase: Uint8Array;
  readonly policy: Pick<Policy, 'minPassphraseLength'>;
  readonly codec: KeystoreCodec;
  readonly now: Date;
}

export interface GeneratedWallet {
  readonly address: Address;
  /** The full path of its keystore. */
  readonly file: string;
  /** What lies in it. */
  readonly keystore: string;
}

export interface ProveWallet {
  readonly file: string;
  /** Wiped by the caller. */
  readonly passphrase: Uint8Array;
  readonly expected: Address;
  readonly codec: KeystoreCodec;
}

/**
 * Makes a replacement wallet; its address may be used once this returns.
 * @throws DeskError PASSPHRASE_WEAK, FILE_UNWRITABLE or DISK_FULL; no file is left behind then.
 */
export async function generateReplacementWallet(request: GenerateWallet): Promise<GeneratedWallet> {
  assertStrong(request.passphrase, request.policy.minPassphraseLength);
  const folder = path.join(request.folder, WALLETS);
  await writing(folder, () => makeFolder(request.folder, folder));
  const { address, json } = await request.codec.create(request.passphrase);
  const file = path.join(folder, fileName(address, request.now));
  await writing(file, () => writeSynced(folder, file, json));
  try {
    await proveReplacementWallet({ ...request, file, expected: address });
  } catch (cause) {
    await rm(file, { force: true });
    throw new DeskError('FILE_UNWRITABLE', {
      message: `The keystore of the new wallet was written to ${folder}, but reading it back did not give the same wallet. It was removed, and the wallet was used for nothing.`,
      remedy: 'Have the disk checked, then make the plan again: that makes another wallet.',
      retry: 'safe',
      cause,
    });
  }
  return { address, file, keystore: json };
}

/**
 * Proves that a keystore on disk opens and gives the address that the plan names.
 * @throws DeskError KEYSTORE_UNREADABLE, KEYSTORE_CORRUPT, PASSPHRASE_WRONG or KEYSTORE_ADDRESS_DIFFERS.
 */
export async function proveReplacementWallet(request: ProveWallet): Promise<void> {
  const { address } = await request.codec.open(await readKeystore(request.file), request.passphrase);
  assertSameAddress(request.file, address, request.expected);
}

/** @throws DeskError KEYSTORE_ADDRESS_DIFFERS */
export function assertSameAddress(file: string, opened: Address, expected: Address): void {
  if (opened === expected) return;
  throw new DeskError('KEYSTORE_ADDRESS_DIFFERS', {
    message: `The keystore ${file} opens to ${opened}, but the plan names ${expected}. No transaction was sent for it.`,
    remedy: 'Put back the keystore that was made with this plan. If there is none, make a new plan.',
    retry: 'never',
  });
}

/** `UTC--<time>--<address>.json`, as geth names keystores, with a time that Windows allows in a name. */
function fileName(address: Address, now: Date): string {
  return `UTC--${isoTime(now).replaceAll(':', '-')}--${address.slice(2).toLowerCase()}.json`;
}

async function makeFolder(parent: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  // An older folder may be open to others; mkdir leaves it as it is.
  await chmod(folder, FOLDER_MODE);
  await syncFolder(parent);
}

/** After this returns the file is whole under its name, also if the power fails. */
async function writeSynced(folder: string, file: string, content: string): Promise<void> {
  const draft = path.join(folder, `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    const handle = await open(draft, 'wx', FILE_MODE);
    try {
      await handle.writeFile(content, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Makes the names in a folder durable. Windows cannot open folders and keeps names by its journal. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writing(target: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
    throw new DeskError(full ? 'DISK_FULL' : 'FILE_UNWRITABLE', {
      message: `The new wallet cannot be kept: ${target} cannot be written${full ? ', the disk is full' : ''}. The wallet was used for nothing.`,
      remedy: full
        ? 'Make room on the disk, then make the plan again.'
        : 'Check the rights on the data folder, then make the plan again.',
      retry: 'safe',
      cause,
    });
  }
}

/** The text of a replacement wallet's keystore. @throws DeskError KEYSTORE_UNREADABLE */
export async function readKeystore(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new DeskError('KEYSTORE_UNREADABLE', {
      message: `The keystore of the replacement wallet, ${file}, cannot be read. No transaction was sent for it.`,
      remedy: 'Put the file back where it was, or restore it from a backup, then go on.',
      retry: 'safe',
      cause,
    });
  }
}
