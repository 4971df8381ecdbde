/** Signing in: the wait after wrong attempts, the vault, the second factor, the audit log, in this order. */
import type { AuditEvent } from '../../shared/audit.ts';
import type { Operator } from '../../shared/operator.ts';
import type { StoredOperator } from '../store/operator-rows.ts';
import { countedAttempt } from './attempts.ts';
import type { Proven } from './attempts.ts';
import type { OpenKey } from './keystore.ts';
import type { OneTimeCodes } from './one-time-codes.ts';
import { openOperatorVault } from './opened-vault.ts';
import type { OpenedVault } from './opened-vault.ts';
import { livingOperator } from './operator-desk.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { signInForbidden } from './operator-refusals.ts';
import { providerOperator } from './provider-operator.ts';
import type { ProviderIdentity } from './provider-operator.ts';
import { takeFactor } from './second-factor.ts';
import type { SecondFactor } from './second-factor.ts';
import {
  assertCodesWhereRequired,
  assertPassphraseAllowed,
  assertProviderAllowed,
} from './sign-in-policy.ts';

type How = Extract<AuditEvent, { kind: 'operator_signed_in' }>['fields']['how'];

/** Somebody who signed in. Whoever holds this closes it. */
export interface SignedInOperator {
  readonly kind: 'signed_in';
  readonly operator: Operator;
  readonly how: How;
  /** Null where the key is elsewhere, or was not opened. */
  readonly key: OpenKey | null;
  /** For fresh proof by a one-time code; null where none were set up. */
  readonly codes: OneTimeCodes | null;
  /** Lets go of key and codes. */
  close(): void;
}

/** The passphrase was right, and a code is needed as well. Nothing stays open. */
export interface CodeNeeded {
  readonly kind: 'code_needed';
}

export type SignInOutcome = SignedInOperator | CodeNeeded;

/**
 * Signs an operator in by passphrase. The caller wipes it.
 * @param second null where none was asked for yet.
 * @throws DeskError OPERATOR_UNKNOWN, SIGN_IN_FORBIDDEN, SIGN_IN_DELAYED, PASSPHRASE_WRONG, TOTP_WRONG,
 *   TOTP_CLOCK_SKEW, RECOVERY_CODE_WRONG, VAULT_CORRUPT, VAULT_NEEDS_KEYCHAIN, KEYCHAIN_*
 */
export function openOperator(
  desk: OperatorDesk,
  operatorId: string,
  passphrase: Uint8Array,
  second: SecondFactor | null,
): Promise<SignInOutcome> {
  return desk.turns.take(operatorId, async () => {
    assertSignsInHere(livingOperator(desk, operatorId).operator);
    assertPassphraseAllowed(desk.policy);
    return closedOnFailure((hold) =>
      countedAttempt(desk, operatorId, async () => {
        const stored = livingOperator(desk, operatorId);
        const opened = hold(await openOperatorVault(desk, stored, passphrase));
        return judged(desk, stored, opened, second);
      }),
    );
  });
}

/**
 * Signs in whom the identity provider vouched for, just now. The key, where it is on this desk, opens only with its
 * passphrase.
 * @param passphrase null leaves the key closed. The caller wipes it.
 * @throws DeskError as `openOperator`, but for the codes.
 */
export async function openProviderOperator(
  desk: OperatorDesk,
  identity: ProviderIdentity,
  passphrase: Uint8Array | null,
): Promise<SignedInOperator> {
  assertProviderAllowed(desk.policy, identity.issuer);
  const { id } = providerOperator(desk, identity).operator;
  return desk.turns.take(id, async () => {
    const stored = livingOperator(desk, id);
    const record = () => desk.operators.recordSignIn(id, 'oidc');
    if (passphrase === null || stored.operator.credential.kind !== 'keystore') {
      record();
      return signedIn(stored, 'oidc', { key: null, codes: null, close: () => undefined });
    }
    return closedOnFailure((hold) =>
      countedAttempt(desk, id, async () => {
        const opened = hold(await openOperatorVault(desk, livingOperator(desk, id), passphrase));
        return { shows: 'everything', record, value: signedIn(stored, 'oidc', opened) };
      }),
    );
  });
}

function assertSignsInHere({ signIn }: Operator): void {
  if (signIn.kind === 'passphrase') return;
  throw signInForbidden(
    'a passphrase alone for an operator of the identity provider',
    'Sign in at the identity provider.',
  );
}

function judged(
  desk: OperatorDesk,
  stored: StoredOperator,
  opened: OpenedVault,
  second: SecondFactor | null,
): Proven<SignInOutcome> {
  const { id } = stored.operator;
  const enter = (how: How, mark: () => void): Proven<SignInOutcome> => ({
    shows: 'everything',
    record: () => {
      mark();
      desk.operators.recordSignIn(id, how);
    },
    value: signedIn(stored, how, opened),
  });
  assertCodesWhereRequired(desk.policy, opened.codes !== null);
  if (opened.codes === null) return enter('passphrase', () => undefined);
  if (second === null) {
    opened.close();
    return { shows: 'part', record: () => undefined, value: { kind: 'code_needed' } };
  }
  const { record } = takeFactor(desk, stored, opened.codes, second);
  return enter(second.kind === 'totp' ? 'passphrase_totp' : 'passphrase_recovery_code', record);
}

function signedIn({ operator }: StoredOperator, how: How, opened: OpenedVault): SignedInOperator {
  const { key, codes } = opened;
  return { kind: 'signed_in', operator, how, key, codes, close: () => opened.close() };
}

/** Nothing stays open of a sign-in that failed after the vault was opened, and be it only to be stored. */
async function closedOnFailure<T>(
  work: (hold: (opened: OpenedVault) => OpenedVault) => Promise<T>,
): Promise<T> {
  const held: OpenedVault[] = [];
  try {
    return await work((opened) => {
      held.push(opened);
      return opened;
    });
  } catch (thrown) {
    for (const opened of held) opened.close();
    throw thrown;
  }
}
