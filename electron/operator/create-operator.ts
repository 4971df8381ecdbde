/** Setting up an operator: read strictly, held against policy, sealed, read back, and only then stored. */
import { randomBytes } from 'node:crypto';
import { operatorNameSchema, signInKindSchema } from '../../shared/operator.ts';
import type { Credential, Operator, SignInKind } from '../../shared/operator.ts';
import { keystoreCredential } from './change-operator.ts';
import { setupStep } from './change-codes.ts';
import type { CodeSetup } from './change-codes.ts';
import { readElsewhere } from './credential-draft.ts';
import type { CredentialDraft } from './credential-draft.ts';
import { readableOperator } from '../store/readable-operator.ts';
import { livingOperator } from './operator-desk.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { nameTaken, operatorInvalid } from './operator-refusals.ts';
import { isOf } from './provider-operator.ts';
import type { ProviderIdentity } from './provider-operator.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';
import {
  assertCodesWhereRequired,
  assertPassphraseAllowed,
  assertProviderAllowed,
} from './sign-in-policy.ts';
import type { VaultRecord } from './vault.ts';

export type SignInDraft =
  /** `codes` null: none. The caller wipes the passphrase. */
  | { readonly kind: 'passphrase'; readonly passphrase: Uint8Array; readonly codes: CodeSetup | null }
  /** The passphrase is that of a keystore on this desk; null where there is none. */
  | ({ readonly kind: 'oidc'; readonly passphrase: Uint8Array | null } & ProviderIdentity);

export interface OperatorDraft {
  readonly name: string;
  readonly signIn: SignInDraft;
  readonly credential: CredentialDraft;
  /** `passphrase` only by a person's choice, where there is no keychain and policy allows it. */
  readonly wrapping?: VaultRecord['wrapping'];
}

export interface CreatedOperator {
  readonly operator: Operator;
  /** To be shown once; none without one-time codes. */
  readonly recoveryCodes: readonly string[];
}

/**
 * Sets up an operator.
 * @throws DeskError OPERATOR_INVALID, also for a name or a person at the provider that another operator has;
 *   SIGN_IN_FORBIDDEN, PASSPHRASE_WEAK, TOTP_WRONG, TOTP_CLOCK_SKEW, VAULT_NEEDS_KEYCHAIN, KEYCHAIN_*
 */
export async function createOperator(desk: OperatorDesk, draft: OperatorDraft): Promise<CreatedOperator> {
  const name = readName(draft.name);
  const signIn = readSignIn(draft.signIn);
  assertPolicy(desk, signIn);
  assertFree(desk, name, signIn);
  const codes = draft.signIn.kind === 'passphrase' ? draft.signIn.codes : null;
  const totpStep = codes === null ? null : setupStep(codes, desk.now());

  const id = `O-${randomBytes(5).toString('hex')}`;
  const recovery = codes === null ? { shown: [], stored: [] } : makeRecoveryCodes(id);
  const { vault, credential } = await sealed(desk, id, draft, codes?.secret ?? null);
  const operator = { id, name, signIn, credential };
  try {
    desk.operators.transaction(() => {
      assertFree(desk, name, signIn);
      desk.operators.insert({ ...operator, vault, totpStep, recoveryCodes: recovery.stored });
    });
  } catch (thrown) {
    if (vault !== null) await forgetUnused(desk, id, vault);
    throw thrown;
  }
  return { operator: livingOperator(desk, id).operator, recoveryCodes: recovery.shown };
}

function readName(name: string): string {
  const parsed = operatorNameSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  throw operatorInvalid(
    'its name is empty, longer than 60 characters, or has characters that a name cannot have',
    "Choose a name that begins with a letter or a digit, and has no signs but these: . , ' @ _ -",
  );
}

function readSignIn(draft: SignInDraft): SignInKind {
  if (draft.kind === 'passphrase') return { kind: 'passphrase', totp: draft.codes !== null };
  const { kind, issuer, subject } = draft;
  const parsed = signInKindSchema.safeParse({ kind, issuer, subject });
  if (parsed.success) return parsed.data;
  throw operatorInvalid(
    'the identity provider, or who it is there, does not read',
    'Sign in at the identity provider that policy names.',
  );
}

function assertPolicy({ policy }: OperatorDesk, signIn: SignInKind): void {
  if (signIn.kind === 'oidc') {
    assertProviderAllowed(policy, signIn.issuer);
    return;
  }
  assertPassphraseAllowed(policy);
  assertCodesWhereRequired(policy, signIn.totp);
}

/** A record that does not read keeps its name, and nobody else from being set up. */
function assertFree(desk: OperatorDesk, name: string, signIn: SignInKind): void {
  const { operators } = desk;
  if (operators.isNameTaken(name)) throw nameTaken(name);
  if (signIn.kind !== 'oidc') return;
  for (const { id, removed } of operators.rows()) {
    const stored = removed ? null : readableOperator(operators, id);
    if (stored === null || !isOf(stored, signIn)) continue;
    throw operatorInvalid(
      `${stored.operator.name} is this person at the identity provider already`,
      'Sign in as that operator, or remove it first.',
    );
  }
}

/** What is kept of the draft's secrets, opened once to see that it opens, and where the key is. */
async function sealed(
  desk: OperatorDesk,
  operatorId: string,
  { signIn, credential, wrapping }: OperatorDraft,
  totp: string | null,
): Promise<{ readonly vault: VaultRecord | null; readonly credential: Credential }> {
  const elsewhere = credential.kind === 'keystore' ? null : readElsewhere(credential);
  if (elsewhere !== null && signIn.kind === 'oidc') return { vault: null, credential: elsewhere };
  const { passphrase } = signIn;
  if (passphrase === null) {
    throw operatorInvalid('a key on this desk needs a passphrase', 'Choose a passphrase for the key.');
  }
  const privateKey = credential.kind === 'keystore' ? credential.privateKey : null;
  const vault = await desk.vault.make({
    operatorId,
    passphrase,
    privateKey,
    secrets: { totp },
    ...(wrapping === undefined ? {} : { wrapping }),
  });
  try {
    const opened = await desk.vault.open(operatorId, vault, passphrase);
    const address = opened.key?.address;
    opened.close();
    return { vault, credential: elsewhere ?? keystoreCredential(address, vault) };
  } catch (thrown) {
    await forgetUnused(desk, operatorId, vault);
    throw thrown;
  }
}

/** The entry belongs to nobody. Where it cannot be removed now it opens nothing either: what it opened was not stored. */
async function forgetUnused({ vault }: OperatorDesk, id: string, record: VaultRecord): Promise<void> {
  await vault.forget(id, record).catch(() => undefined);
}
