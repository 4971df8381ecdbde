/** Fresh proof before an execution: that whoever confirms now is the operator who signed in. */
import type { Operator } from '../../shared/operator.ts';
import type { StoredOperator } from '../store/operator-rows.ts';
import { countedAttempt } from './attempts.ts';
import type { Proven } from './attempts.ts';
import type { SignedInOperator } from './open-operator.ts';
import { openOperatorVault } from './opened-vault.ts';
import { livingOperator } from './operator-desk.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { operatorUnknown, signInForbidden } from './operator-refusals.ts';
import { isOf } from './provider-operator.ts';
import type { ProviderIdentity } from './provider-operator.ts';
import { takeFactor, takeRecoveryCode } from './second-factor.ts';
import { assertPassphraseAllowed, assertProviderAllowed } from './sign-in-policy.ts';

export type FreshProof =
  /** The caller wipes it. */
  | { readonly kind: 'passphrase'; readonly passphrase: Uint8Array }
  | { readonly kind: 'totp' | 'recovery_code'; readonly code: string }
  /** The identity provider asked again, just now (`max_age=0`), and this is whom it vouched for. */
  | ({ readonly kind: 'oidc' } & ProviderIdentity);

/** What of a signed-in operator a proof is held against. */
export type Prover = Pick<SignedInOperator, 'operator' | 'codes'>;

/**
 * Checks the proof and writes it into the audit log. Returns for a good one.
 * @throws DeskError SIGN_IN_FORBIDDEN for a proof that is not this operator's kind; OPERATOR_UNKNOWN, also where the
 *   provider vouched for somebody else; SIGN_IN_DELAYED, PASSPHRASE_WRONG, TOTP_WRONG, TOTP_CLOCK_SKEW,
 *   RECOVERY_CODE_WRONG, VAULT_CORRUPT, VAULT_NEEDS_KEYCHAIN, KEYCHAIN_*
 */
export function proveOperator(desk: OperatorDesk, prover: Prover, proof: FreshProof): Promise<void> {
  const { id } = prover.operator;
  return desk.turns.take(id, async () => {
    assertKind(livingOperator(desk, id).operator, proof);
    if (proof.kind === 'oidc') {
      proveByProvider(desk, livingOperator(desk, id), proof);
      return;
    }
    assertPassphraseAllowed(desk.policy);
    await countedAttempt(desk, id, () => checked(desk, livingOperator(desk, id), prover, proof));
  });
}

function assertKind({ name, signIn }: Operator, proof: FreshProof): void {
  const fits = signIn.kind === 'oidc' ? proof.kind === 'oidc' : proof.kind !== 'oidc';
  const codes = signIn.kind === 'passphrase' && signIn.totp;
  const needsCodes = proof.kind === 'totp' || proof.kind === 'recovery_code';
  if (fits && (codes || !needsCodes)) return;
  throw signInForbidden(
    `proof of this kind for ${name}, who signs in in another way`,
    signIn.kind === 'oidc' ? 'Sign in at the identity provider anew.' : 'Enter the passphrase.',
  );
}

function proveByProvider(desk: OperatorDesk, stored: StoredOperator, identity: ProviderIdentity): void {
  assertProviderAllowed(desk.policy, identity.issuer);
  if (!isOf(stored, identity)) throw operatorUnknown(`for ${identity.subject} signed in`);
  desk.operators.recordProof(stored.operator.id, 'oidc');
}

async function checked(
  desk: OperatorDesk,
  stored: StoredOperator,
  { codes }: Prover,
  proof: Exclude<FreshProof, { kind: 'oidc' }>,
): Promise<Proven<void>> {
  const { id, signIn } = stored.operator;
  const record = (mark: () => void) => () => {
    mark();
    desk.operators.recordProof(id, proof.kind);
  };
  if (proof.kind === 'passphrase') {
    (await openOperatorVault(desk, stored, proof.passphrase)).close();
    // A code that was guessed wrong stays counted: it is not what was shown here.
    const shows = signIn.kind === 'passphrase' && signIn.totp ? 'part' : 'everything';
    return { shows, record: record(() => undefined), value: undefined };
  }
  if (proof.kind === 'recovery_code') {
    const taken = takeRecoveryCode(desk, stored, proof.code);
    return { shows: 'part', record: record(taken.record), value: undefined };
  }
  if (codes === null) throw new TypeError('the secret of the one-time codes is not open');
  const taken = takeFactor(desk, stored, codes, proof);
  return { shows: 'part', record: record(taken.record), value: undefined };
}
