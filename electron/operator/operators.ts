/**
 * The operators of a desk: who they are, how they show it, what becomes of them. Keys and passphrases pass through here
 * and are never kept; every outcome is in the audit log before it is handed out.
 */
import type { Operator } from '../../shared/operator.ts';
import { beginTotp, disableTotp, enableTotp, newRecoveryCodes } from './change-codes.ts';
import type { CodeSetup, EnabledCodes } from './change-codes.ts';
import { changeCredential, exportKey, rotatePassphrase } from './change-operator.ts';
import type { CodeEnrolment } from './code-enrolment.ts';
import { newCodeEnrolment } from './code-enrolment.ts';
import { createOperator } from './create-operator.ts';
import type { CreatedOperator, OperatorDraft } from './create-operator.ts';
import type { CredentialDraft } from './credential-draft.ts';
import { proveOperator } from './fresh-proof.ts';
import type { FreshProof, Prover } from './fresh-proof.ts';
import { openOperator, openProviderOperator } from './open-operator.ts';
import type { SignInOutcome, SignedInOperator } from './open-operator.ts';
import { listedOperators } from './listed-operators.ts';
import type { ListedOperator } from './listed-operators.ts';
import { livingOperator } from './operator-desk.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { operatorUnknown } from './operator-refusals.ts';
import { providerOperator } from './provider-operator.ts';
import type { ProviderIdentity } from './provider-operator.ts';
import { finishRemovals, removeOperator } from './remove-operator.ts';
import type { Leftover } from './remove-operator.ts';
import type { SecondFactor } from './second-factor.ts';
import { operatorTurns } from './turns.ts';
import { proveWhole } from './whole-proof.ts';
import type { ShownBefore, WholeProof } from './whole-proof.ts';

/** What each call throws stands at the function of the same name. */
export interface Operators {
  /** Those who were not removed, oldest first. */
  list(): readonly ListedOperator[];
  /** Without regard to case. @throws DeskError OPERATOR_UNKNOWN, VAULT_CORRUPT */
  find(name: string): Operator;
  /** @throws DeskError OPERATOR_UNKNOWN, VAULT_CORRUPT */
  get(operatorId: string): Operator;
  /** @throws DeskError OPERATOR_UNKNOWN, VAULT_CORRUPT */
  findByProvider(identity: ProviderIdentity): Operator;
  /** A secret for the one-time codes of an operator who is about to be set up. */
  enrolment(name: string): CodeEnrolment;
  create(draft: OperatorDraft): Promise<CreatedOperator>;
  beginTotp(operatorId: string): CodeEnrolment;
  enableTotp(operatorId: string, proof: WholeProof, setup: CodeSetup): Promise<EnabledCodes>;
  disableTotp(operatorId: string, proof: WholeProof): Promise<void>;
  newRecoveryCodes(operatorId: string, proof: WholeProof): Promise<readonly string[]>;
  open(operatorId: string, passphrase: Uint8Array, second: SecondFactor | null): Promise<SignInOutcome>;
  openByProvider(identity: ProviderIdentity, passphrase: Uint8Array | null): Promise<SignedInOperator>;
  prove(prover: Prover, proof: FreshProof): Promise<void>;
  proveWhole(operatorId: string, proof: WholeProof): Promise<ShownBefore | null>;
  rotatePassphrase(operatorId: string, proof: WholeProof, passphrase: Uint8Array): Promise<void>;
  exportKey(operatorId: string, proof: WholeProof, exportPassphrase: Uint8Array): Promise<string>;
  changeCredential(operatorId: string, proof: WholeProof, credential: CredentialDraft): Promise<Operator>;
  remove(operatorId: string): Promise<Leftover | null>;
  finishRemovals(): Promise<readonly Leftover[]>;
}

/** The operators over a repository and a vault. One of these for a data folder: it lets attempts in one at a time. */
export function operatorsOf(parts: Omit<OperatorDesk, 'turns'>): Operators {
  const desk: OperatorDesk = { ...parts, turns: operatorTurns() };
  return {
    list: () => listedOperators(desk.operators),
    find(name) {
      const stored = desk.operators.find(name);
      if (stored === null) throw operatorUnknown(name);
      return stored.operator;
    },
    get: (id) => livingOperator(desk, id).operator,
    findByProvider: (identity) => providerOperator(desk, identity).operator,
    enrolment: newCodeEnrolment,
    create: (draft) => createOperator(desk, draft),
    beginTotp: (id) => beginTotp(desk, id),
    enableTotp: (id, proof, setup) => enableTotp(desk, id, proof, setup),
    disableTotp: (id, proof) => disableTotp(desk, id, proof),
    newRecoveryCodes: (id, proof) => newRecoveryCodes(desk, id, proof),
    open: (id, passphrase, second) => openOperator(desk, id, passphrase, second),
    openByProvider: (identity, passphrase) => openProviderOperator(desk, identity, passphrase),
    prove: (prover, proof) => proveOperator(desk, prover, proof),
    proveWhole: (id, proof) => proveWhole(desk, id, proof),
    rotatePassphrase: (id, proof, passphrase) => rotatePassphrase(desk, id, proof, passphrase),
    exportKey: (id, proof, passphrase) => exportKey(desk, id, proof, passphrase),
    changeCredential: (id, proof, credential) => changeCredential(desk, id, proof, credential),
    remove: (id) => removeOperator(desk, id),
    finishRemovals: () => finishRemovals(desk),
  };
}
