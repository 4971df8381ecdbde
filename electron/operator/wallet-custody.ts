/**
 * Keeps the passphrase of a generated wallet until it is handed over: sealed, bound to the wallet and to its keystore to
 * the byte, under a random key that lies in the operating system's keychain. Neither the disk nor the keychain alone
 * opens it, and with the entry gone nobody ever does.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ZERO_ADDRESS } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { asDeskError, DeskError } from '../../shared/errors.ts';
import { PRACTICE_SCRYPT_N } from './new-keystore.ts';
import { wipe } from './passphrase.ts';
import type { SecretStore } from './secret-store.ts';
import { openBox, sealBox } from './vault-box.ts';
import type { BoxKeys, BoxPlace } from './vault-box.ts';
import { WRAPPING_BYTES } from './vault-keys.ts';

export interface KeptWallet {
  readonly address: Address;
  /** Its keystore, as it lies on the disk. */
  readonly keystore: string;
}

export interface WalletCustody {
  /** @throws DeskError KEYCHAIN_UNAVAILABLE, KEYCHAIN_LOCKED, KEYCHAIN_TIMEOUT where nothing can be kept. */
  assertReady(): Promise<void>;
  /**
   * Writes the wallet's entry into the keychain.
   * @returns what is stored beside the wallet. The caller wipes the passphrase.
   * @throws DeskError KEYCHAIN_UNAVAILABLE, KEYCHAIN_LOCKED, KEYCHAIN_TIMEOUT: nothing is kept then.
   */
  seal(wallet: KeptWallet, passphrase: Uint8Array): Promise<string>;
  /**
   * The passphrase, which the caller wipes.
   * @throws DeskError KEYCHAIN_*, KEYCHAIN_ENTRY_MISSING; HAND_OVER_ALTERED where keystore, entry and what was sealed do
   *   not belong together.
   */
  open(wallet: KeptWallet, sealed: string): Promise<Uint8Array>;
  /** Removes the wallet's entry, and looks that it is gone. @throws DeskError KEYCHAIN_* */
  forget(address: Address): Promise<void>;
}

const USE = 'recovery-desk wallet 1: password';
const contentSchema = z.lazy(() => z.strictObject({ passphrase: z.base64() }));

function accountOf(address: Address): string {
  return `wallet ${address}`;
}

function placeOf({ address, keystore }: KeptWallet): BoxPlace {
  return { operatorId: accountOf(address), wrapping: 'keychain', keystore };
}

/** Wipes the key from the keychain, and what is derived from it. */
async function withKeys<T>(wrapping: Uint8Array, work: (keys: BoxKeys) => Promise<T>): Promise<T> {
  const password = createHmac('sha256', wrapping).update(USE).digest();
  try {
    return await work({ password, wrapping });
  } finally {
    wipe(password);
    wipe(wrapping);
  }
}

function altered(address: Address): DeskError {
  return new DeskError('HAND_OVER_ALTERED', {
    message: `What the desk keeps of the wallet ${address} does not belong together any more: its keystore, its sealed passphrase or its entry in the keychain is damaged or was changed. Nothing left the desk.`,
    remedy:
      'Put the data folder back from a backup of the day the plan was made, and try again. If nobody can say how it came about, treat it as tampering and report it.',
    retry: 'never',
  });
}

function entryGone(address: Address): DeskError {
  return new DeskError('KEYCHAIN_ENTRY_MISSING', {
    message: `The keychain is open, and the entry "${accountOf(address)}" is not in it: without it the passphrase of the wallet cannot be opened by anybody. Nothing left the desk.`,
    remedy:
      'Work as the user of this machine under whom the plan was made, or restore that keychain from its backup, and try again. If the entry is lost, so is the wallet: open a new case with it as the lost wallet, and recover to another one.',
    retry: 'safe',
  });
}

/** @param store the operating system's keychain. */
export function walletCustody(store: SecretStore): WalletCustody {
  return {
    async assertReady() {
      await store.read(accountOf(ZERO_ADDRESS));
    },
    async seal(wallet, passphrase) {
      const wrapping = randomBytes(WRAPPING_BYTES);
      const content = { passphrase: Buffer.from(passphrase).toString('base64') };
      return withKeys(wrapping, async (keys) => {
        // A random key needs no stretching.
        const sealed = await sealBox(placeOf(wallet), keys, content, PRACTICE_SCRYPT_N);
        await store.write(accountOf(wallet.address), wrapping);
        return sealed;
      });
    },
    async open(wallet, sealed) {
      const wrapping = await store.read(accountOf(wallet.address));
      if (wrapping === null) throw entryGone(wallet.address);
      return withKeys(wrapping, async (keys) => {
        const content = await openBox(sealed, placeOf(wallet), keys).catch((thrown: unknown) => {
          const { code } = asDeskError(thrown);
          throw code === 'VAULT_CORRUPT' || code === 'PASSPHRASE_WRONG' ? altered(wallet.address) : thrown;
        });
        const read = contentSchema.safeParse(content);
        if (!read.success) throw altered(wallet.address);
        return new Uint8Array(Buffer.from(read.data.passphrase, 'base64'));
      });
    },
    async forget(address) {
      await store.remove(accountOf(address));
    },
  };
}
