/** An operator's vault, opened and held against what the database says of the operator. */
import type { StoredOperator } from '../store/operator-rows.ts';
import { recordCorrupt } from '../store/operator-rows.ts';
import type { OpenKey } from './keystore.ts';
import { OneTimeCodes } from './one-time-codes.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { operatorInvalid } from './operator-refusals.ts';
import type { OpenVault, VaultRecord } from './vault.ts';

export interface OpenedVault {
  /** Null where the key is elsewhere. */
  readonly key: OpenKey | null;
  /** Null where no one-time codes were set up. */
  readonly codes: OneTimeCodes | null;
  close(): void;
}

/** The operator's vault record. @throws DeskError OPERATOR_INVALID where nothing of theirs opens with a passphrase. */
export function vaultRecordOf({ vault }: StoredOperator): VaultRecord {
  if (vault !== null) return vault;
  throw operatorInvalid(
    'nothing of it on this desk opens with a passphrase',
    'Sign in at the identity provider, and look for the key where this operator signs.',
  );
}

/**
 * SECURITY: the row alone lies open to whoever can write into the database. That codes are asked for, and which address
 * signs, is taken from the vault; a row that says otherwise is refused.
 * @throws DeskError VAULT_CORRUPT, PASSPHRASE_WRONG, VAULT_NEEDS_KEYCHAIN, KEYCHAIN_*
 */
export async function openOperatorVault(
  { vault }: OperatorDesk,
  stored: StoredOperator,
  passphrase: Uint8Array,
): Promise<OpenedVault> {
  const opened = await vault.open(stored.operator.id, vaultRecordOf(stored), passphrase);
  const wrong = contradiction(stored, opened);
  if (wrong === null) return withCodes(stored, opened);
  opened.close();
  throw recordCorrupt(stored.operator.id, wrong);
}

function contradiction({ operator }: StoredOperator, { key, secrets }: OpenVault): string | null {
  const { signIn, credential } = operator;
  const codesSaid = signIn.kind === 'passphrase' && signIn.totp;
  if (codesSaid !== (secrets.totp !== null)) return 'one-time codes';
  if (credential.kind !== 'keystore') return key === null ? null : 'key';
  return key?.address === credential.address ? null : 'address';
}

function withCodes({ operator }: StoredOperator, opened: OpenVault): OpenedVault {
  try {
    const codes = opened.secrets.totp === null ? null : new OneTimeCodes(opened.secrets.totp);
    return {
      key: opened.key,
      codes,
      close() {
        codes?.close();
        opened.close();
      },
    };
  } catch {
    opened.close();
    throw recordCorrupt(operator.id, 'one-time codes');
  }
}
