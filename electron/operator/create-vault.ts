/** The vault over a secret store: puts wrapping secret, keystore and box together. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { DeskError } from '../../shared/errors.ts';
import { assertStrong } from '../../shared/passphrase-strength.ts';
import type { Policy } from '../../shared/policy.ts';
import { keystoreSecret, openKeystore } from './keystore.ts';
import { MIN_SCRYPT_N, sealKeystore } from './new-keystore.ts';
import { wipe } from './passphrase.ts';
import type { SecretStore } from './secret-store.ts';
import type { Vault, VaultChange, VaultRecord, VaultSecrets } from './vault.ts';
import { openBox, sealBox } from './vault-box.ts';
import type { BoxKeys, BoxPlace } from './vault-box.ts';
import { entryMissing, noKeyHere, vaultCorrupt, vaultNeedsKeychain } from './vault-errors.ts';
import { vaultPassword, WRAPPING_BYTES } from './vault-keys.ts';

export interface VaultParts {
  readonly store: SecretStore;
  readonly policy: Pick<Policy, 'allowVaultWithoutKeychain' | 'minPassphraseLength'>;
  /** The scrypt cost of what is sealed; by default the strong one. */
  readonly scryptN?: number;
}

const secretsSchema = z.lazy(() =>
  z.strictObject({
    totp: z
      .string()
      .regex(/^[A-Z2-7]+=*$/)
      .nullable(),
  }),
);

export function createVault({ store, policy, scryptN = MIN_SCRYPT_N }: VaultParts): Vault {
  const strong = (passphrase: Uint8Array) => assertStrong(passphrase, policy.minPassphraseLength);

  /** Proves record and passphrase, then works with what the keystore opens with. */
  const unlocked = async <T>(
    operatorId: string,
    record: VaultRecord,
    passphrase: Uint8Array,
    work: (keys: BoxKeys, secrets: VaultSecrets) => Promise<T>,
  ): Promise<T> => {
    if (record.wrapping === 'passphrase' && !policy.allowVaultWithoutKeychain) throw vaultNeedsKeychain();
    const wrapping = record.wrapping === 'keychain' ? await storedWrapping(store, operatorId) : null;
    return withKeys(wrapping, passphrase, async (keys) =>
      work(keys, readSecrets(await openBox(record.box, placeOf(operatorId, record), keys))),
    );
  };

  return {
    make: async ({ operatorId, passphrase, privateKey, secrets, wrapping: kind = 'keychain' }) => {
      strong(passphrase);
      if (kind === 'passphrase' && !policy.allowVaultWithoutKeychain) throw vaultNeedsKeychain();
      const known = kind === 'keychain' ? await store.read(operatorId) : null;
      // SECURITY: an entry of another length is nobody's, and would weaken what comes to rest on it.
      const kept = known !== null && known.length === WRAPPING_BYTES;
      const wrapping = kind === 'keychain' ? (kept ? known : randomBytes(WRAPPING_BYTES)) : null;
      return withKeys(wrapping, passphrase, async (keys) => {
        const keystore = privateKey === null ? null : await sealedKey(privateKey, keys, scryptN);
        const record = await sealedRecord({ operatorId, wrapping: kind, keystore }, keys, secrets, scryptN);
        // Last, so that what fails before leaves nothing behind.
        if (keys.wrapping !== null && !kept) await store.write(operatorId, keys.wrapping);
        return record;
      });
    },
    open: (operatorId, record, passphrase) =>
      unlocked(operatorId, record, passphrase, async ({ password }, secrets) => {
        const { keystore } = record;
        const key = keystore === null ? null : await genuine(() => openKeystore(keystore, password));
        return { key, secrets, close: () => key?.close() };
      }),
    change: (operatorId, record, passphrase, to) =>
      unlocked(operatorId, record, passphrase, async (keys, secrets) => {
        if (to.passphrase !== undefined) strong(to.passphrase);
        const password = vaultPassword(keys.wrapping, to.passphrase ?? passphrase);
        const next = { password, wrapping: keys.wrapping };
        try {
          const keystore = await changedKeystore(record.keystore, keys, next, to, scryptN);
          const place = { operatorId, wrapping: record.wrapping, keystore };
          return await sealedRecord(place, next, to.secrets ?? secrets, scryptN);
        } finally {
          wipe(password);
        }
      }),
    exportKeystore: async (operatorId, record, passphrase, exportPassphrase) => {
      const { keystore } = record;
      if (keystore === null) throw noKeyHere();
      strong(exportPassphrase);
      return unlocked(operatorId, record, passphrase, async ({ password }) =>
        resealed(keystore, password, exportPassphrase),
      );
    },
    forget: async (operatorId, record) => {
      if (record.wrapping === 'keychain') await store.remove(operatorId);
    },
  };
}

async function storedWrapping(store: SecretStore, operatorId: string): Promise<Uint8Array> {
  const wrapping = await store.read(operatorId);
  if (wrapping === null) throw entryMissing();
  if (wrapping.length !== WRAPPING_BYTES) throw vaultCorrupt();
  return wrapping;
}

/** Wipes the wrapping secret and the password after the work. */
async function withKeys<T>(
  wrapping: Uint8Array | null,
  passphrase: Uint8Array,
  work: (keys: BoxKeys) => Promise<T>,
): Promise<T> {
  const password = vaultPassword(wrapping, passphrase);
  try {
    return await work({ password, wrapping });
  } finally {
    wipe(password);
    if (wrapping !== null) wipe(wrapping);
  }
}

function placeOf(operatorId: string, { wrapping, keystore }: VaultRecord): BoxPlace {
  return { operatorId, wrapping, keystore };
}

async function sealedRecord(
  place: BoxPlace,
  keys: BoxKeys,
  { totp }: VaultSecrets,
  scryptN: number,
): Promise<VaultRecord> {
  const box = await sealBox(place, keys, secretsSchema.parse({ totp }), scryptN);
  return { wrapping: place.wrapping, keystore: place.keystore, box };
}

function readSecrets(content: unknown): VaultSecrets {
  const secrets = secretsSchema.safeParse(content);
  if (!secrets.success) throw vaultCorrupt();
  return secrets.data;
}

async function sealedKey(privateKey: Uint8Array, { password }: BoxKeys, scryptN: number): Promise<string> {
  return (await sealKeystore(privateKey, password, { scryptN })).json;
}

async function changedKeystore(
  keystore: string | null,
  old: BoxKeys,
  next: BoxKeys,
  { passphrase, privateKey }: VaultChange,
  scryptN: number,
): Promise<string | null> {
  if (privateKey === null) return null;
  if (privateKey !== undefined) return sealedKey(privateKey, next, scryptN);
  if (keystore === null || passphrase === undefined) return keystore;
  return resealed(keystore, old.password, next.password, scryptN);
}

async function resealed(
  keystore: string,
  from: Uint8Array,
  to: Uint8Array,
  scryptN = MIN_SCRYPT_N,
): Promise<string> {
  const secret = await genuine(() => keystoreSecret(keystore, from));
  try {
    return (await sealKeystore(secret, to, { scryptN })).json;
  } finally {
    wipe(secret);
  }
}

/** The box has proved keystore and passphrase: what does not open now is damaged. */
async function genuine<T>(opening: () => Promise<T>): Promise<T> {
  try {
    return await opening();
  } catch (thrown) {
    throw thrown instanceof DeskError ? vaultCorrupt() : thrown;
  }
}
