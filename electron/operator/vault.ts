/**
 * An operator's secrets at rest. The key is a keystore (Web3 Secret Storage version 3), everything else a sealed box;
 * both open only with an entry of the operating system's keychain and the passphrase together. What leaves a vault is
 * a record for the database, a key that signs, or a keystore under a passphrase of its own.
 */
import type { StoredVault } from '../store/operator-rows.ts';
import type { OpenKey } from './keystore.ts';

/** What of an operator's secrets is stored on the disk. */
export type VaultRecord = StoredVault;

export interface VaultSecrets {
  /** The secret of the one-time codes in base32 (RFC 4648); null where there is none. */
  readonly totp: string | null;
}

export interface OpenVault {
  /** Null where the key is elsewhere. */
  readonly key: OpenKey | null;
  readonly secrets: VaultSecrets;
  close(): void;
}

export interface NewVault {
  readonly operatorId: string;
  readonly passphrase: Uint8Array;
  /** 32 bytes; null where the key is elsewhere. */
  readonly privateKey: Uint8Array | null;
  readonly secrets: VaultSecrets;
  /** `passphrase` only by a person's choice, where there is no keychain. By default `keychain`. */
  readonly wrapping?: VaultRecord['wrapping'];
}

/** What is left out stays as it is. */
export interface VaultChange {
  readonly passphrase?: Uint8Array;
  readonly secrets?: VaultSecrets;
  /** Another key; null where it is elsewhere from now on. */
  readonly privateKey?: Uint8Array | null;
}

/**
 * The caller wipes what it hands in. With the keychain, every call but those that say otherwise also throws DeskError
 * KEYCHAIN_UNAVAILABLE, KEYCHAIN_LOCKED, KEYCHAIN_TIMEOUT; one that opens also KEYCHAIN_ENTRY_MISSING, VAULT_CORRUPT,
 * PASSPHRASE_WRONG; a record without the keychain VAULT_NEEDS_KEYCHAIN where policy does not allow it.
 */
export interface Vault {
  /** An entry of this operator that is in the keychain already is kept: an older record may rest on it. @throws DeskError PASSPHRASE_WEAK */
  make(input: NewVault): Promise<VaultRecord>;
  open(operatorId: string, record: VaultRecord, passphrase: Uint8Array): Promise<OpenVault>;
  /**
   * A record to be stored in place of the one given, which opens until then: the keychain stays as it is.
   * @throws DeskError PASSPHRASE_WEAK
   */
  change(
    operatorId: string,
    record: VaultRecord,
    passphrase: Uint8Array,
    to: VaultChange,
  ): Promise<VaultRecord>;
  /**
   * A version 3 keystore (scrypt, N 131072) under the export passphrase alone, as any wallet program opens it.
   * @throws DeskError PASSPHRASE_WEAK, OPERATOR_INVALID where the key is elsewhere
   */
  exportKeystore(
    operatorId: string,
    record: VaultRecord,
    passphrase: Uint8Array,
    exportPassphrase: Uint8Array,
  ): Promise<string>;
  /** Removes the operator's entry from the keychain, and looks that it is gone. Needs no passphrase. */
  forget(operatorId: string, record: VaultRecord): Promise<void>;
}
