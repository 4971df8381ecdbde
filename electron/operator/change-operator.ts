/** Passphrase and key of an operator: changed, replaced, exported. */
import type { Address } from '../../shared/address.ts';
import type { Credential, Operator } from '../../shared/operator.ts';
import type { StoredOperator } from '../store/operator-rows.ts';
import { readElsewhere } from './credential-draft.ts';
import type { CredentialDraft } from './credential-draft.ts';
import { vaultRecordOf } from './opened-vault.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { operatorBusy, operatorInvalid } from './operator-refusals.ts';
import type { VaultRecord } from './vault.ts';
import { withWholeProof } from './whole-proof.ts';
import type { WholeProof } from './whole-proof.ts';

/**
 * Seals the operator's secrets under another passphrase. Also while a recovery is open: it keeps the same key, and a
 * passphrase that somebody saw must not have to wait for the chain. The caller wipes both.
 * @throws DeskError PASSPHRASE_WEAK; as `withWholeProof`
 */
export async function rotatePassphrase(
  desk: OperatorDesk,
  operatorId: string,
  proof: WholeProof,
  passphrase: Uint8Array,
): Promise<void> {
  await withWholeProof(desk, operatorId, proof, async (stored) => {
    const record = vaultRecordOf(stored);
    const vault = await desk.vault.change(operatorId, record, proof.passphrase, { passphrase });
    const change = { what: 'passphrase', vault } as const;
    return { record: () => desk.operators.change(operatorId, change), value: undefined };
  });
}

/**
 * The key as a version 3 keystore under a passphrase of its own, which the caller wipes. In the audit log before it is
 * handed out.
 * @throws DeskError OPERATOR_INVALID where the key is elsewhere; PASSPHRASE_WEAK; as `withWholeProof`
 */
export function exportKey(
  desk: OperatorDesk,
  operatorId: string,
  proof: WholeProof,
  exportPassphrase: Uint8Array,
): Promise<string> {
  return withWholeProof(desk, operatorId, proof, async (stored) => {
    const { credential } = stored.operator;
    assertKeyHere(credential);
    const value = await desk.vault.exportKeystore(
      operatorId,
      vaultRecordOf(stored),
      proof.passphrase,
      exportPassphrase,
    );
    return { record: () => desk.operators.recordExport(operatorId, credential.address), value };
  });
}

/**
 * Gives an operator who signs in by passphrase another key, or another place where it is.
 * @throws DeskError OPERATOR_BUSY while a recovery that the operator began has not ended; OPERATOR_INVALID; as
 *   `withWholeProof`
 */
export function changeCredential(
  desk: OperatorDesk,
  operatorId: string,
  proof: WholeProof,
  draft: CredentialDraft,
): Promise<Operator> {
  return withWholeProof(desk, operatorId, proof, async (stored) => {
    assertIdle(desk, stored.operator);
    if (stored.operator.signIn.kind !== 'passphrase') {
      throw operatorInvalid(
        'it signs in at an identity provider',
        'Remove the operator, and set it up anew with the other key.',
      );
    }
    const { vault, credential } = await changed(desk, stored, proof.passphrase, draft);
    const record = () => {
      // Once more, as time has passed: from here to the commit nothing can begin.
      assertIdle(desk, stored.operator);
      desk.operators.change(operatorId, { what: 'credential', vault, credential });
    };
    return { record, value: { ...stored.operator, credential } };
  });
}

async function changed(
  { vault }: OperatorDesk,
  stored: StoredOperator,
  passphrase: Uint8Array,
  draft: CredentialDraft,
): Promise<{ readonly vault: VaultRecord; readonly credential: Credential }> {
  const { id } = stored.operator;
  const before = vaultRecordOf(stored);
  if (draft.kind !== 'keystore') {
    const credential = readElsewhere(draft);
    return { vault: await vault.change(id, before, passphrase, { privateKey: null }), credential };
  }
  const record = await vault.change(id, before, passphrase, { privateKey: draft.privateKey });
  const opened = await vault.open(id, record, passphrase);
  const address = opened.key?.address;
  opened.close();
  return { vault: record, credential: keystoreCredential(address, record) };
}

/** The credential of a key that a vault opened to. */
export function keystoreCredential(address: Address | undefined, { wrapping }: VaultRecord): Credential {
  if (address === undefined) throw new Error('the vault does not give back the key that was put into it');
  return { kind: 'keystore', address, wrapping };
}

/** @throws DeskError OPERATOR_BUSY */
export function assertIdle({ openRecoveriesOf }: OperatorDesk, { name, credential }: Operator): void {
  const open = openRecoveriesOf(credential.address);
  if (open.length > 0) throw operatorBusy(name, open);
}

function assertKeyHere(credential: Credential): void {
  if (credential.kind === 'keystore') return;
  throw operatorInvalid(
    'its key is not on this desk',
    'Look for the key where this operator signs: the remote signer, the hardware signer or the Safe.',
  );
}
