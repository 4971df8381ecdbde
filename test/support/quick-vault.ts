/**
 * A vault that keeps the contract of the real one and seals nothing, for rules that do not rest on the sealing: the real
 * one takes its time by design, and these rules open it a hundred times.
 */
import { createHash } from 'node:crypto';
import { SigningKey } from 'ethers';
import { z } from 'zod';
import { OpenKey } from '../../electron/operator/keystore.ts';
import type { Vault, VaultRecord } from '../../electron/operator/vault.ts';
import {
  noKeyHere,
  vaultCorrupt,
  vaultNeedsKeychain,
  vaultPassphraseWrong,
} from '../../electron/operator/vault-errors.ts';
import { assertStrong } from '../../shared/passphrase-strength.ts';
import type { Policy } from '../../shared/policy.ts';

const boxSchema = z.strictObject({
  operatorId: z.string(),
  passphrase: z.string(),
  totp: z.string().nullable(),
});

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const keystoreOf = (key: Uint8Array | null) => (key === null ? null : Buffer.from(key).toString('hex'));

export function quickVault(policy: Policy): Vault {
  const strong = (passphrase: Uint8Array) => assertStrong(passphrase, policy.minPassphraseLength);
  const boxOf = (operatorId: string, passphrase: Uint8Array, totp: string | null) =>
    JSON.stringify({ operatorId, passphrase: digest(passphrase), totp });
  const opened = (operatorId: string, record: VaultRecord, passphrase: Uint8Array) => {
    if (!policy.allowVaultWithoutKeychain) throw vaultNeedsKeychain();
    const box = boxSchema.parse(JSON.parse(record.box));
    if (box.operatorId !== operatorId) throw vaultCorrupt();
    if (box.passphrase !== digest(passphrase)) throw vaultPassphraseWrong();
    return box;
  };
  return {
    make: async ({ operatorId, passphrase, privateKey, secrets }) => {
      strong(passphrase);
      if (!policy.allowVaultWithoutKeychain) throw vaultNeedsKeychain();
      const box = boxOf(operatorId, passphrase, secrets.totp);
      return { wrapping: 'passphrase', keystore: keystoreOf(privateKey), box };
    },
    open: async (operatorId, record, passphrase) => {
      const { totp } = opened(operatorId, record, passphrase);
      const key = record.keystore === null ? null : new OpenKey(new SigningKey(`0x${record.keystore}`));
      return { key, secrets: { totp }, close: () => key?.close() };
    },
    change: async (operatorId, record, passphrase, to) => {
      const { totp } = opened(operatorId, record, passphrase);
      if (to.passphrase !== undefined) strong(to.passphrase);
      const secrets = to.secrets ?? { totp };
      const keystore = to.privateKey === undefined ? record.keystore : keystoreOf(to.privateKey);
      return { ...record, keystore, box: boxOf(operatorId, to.passphrase ?? passphrase, secrets.totp) };
    },
    exportKeystore: async (operatorId, record, passphrase, exportPassphrase) => {
      if (record.keystore === null) throw noKeyHere();
      strong(exportPassphrase);
      opened(operatorId, record, passphrase);
      return `a keystore of ${operatorId}`;
    },
    forget: async () => undefined,
  };
}
