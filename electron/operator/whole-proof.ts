/** What changes an operator asks for all that the operator signs in with, at that moment. */
import type { StoredOperator } from '../store/operator-rows.ts';
import { countedAttempt } from './attempts.ts';
import { openOperatorVault } from './opened-vault.ts';
import { livingOperator } from './operator-desk.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { codeNeeded } from './operator-refusals.ts';
import { takeFactor } from './second-factor.ts';
import type { SecondFactor } from './second-factor.ts';

export interface WholeProof {
  /** The caller wipes it. */
  readonly passphrase: Uint8Array;
  /** Needed where one-time codes are set up. */
  readonly second: SecondFactor | null;
}

/** What the work came to: stored together with the proof, and with its audit entry. */
export interface Done<T> {
  readonly record: () => void;
  readonly value: T;
}

/**
 * Does the work once everything was shown to be right, as one counted attempt. Work that fails leaves all as it was,
 * the code untaken.
 * @throws DeskError OPERATOR_UNKNOWN, OPERATOR_INVALID where nothing opens with a passphrase, SIGN_IN_DELAYED,
 *   PASSPHRASE_WRONG, TOTP_WRONG, TOTP_CLOCK_SKEW, RECOVERY_CODE_WRONG, VAULT_CORRUPT, VAULT_NEEDS_KEYCHAIN,
 *   KEYCHAIN_*, and what the work throws.
 */
export function withWholeProof<T>(
  desk: OperatorDesk,
  operatorId: string,
  { passphrase, second }: WholeProof,
  work: (stored: StoredOperator) => Promise<Done<T>>,
): Promise<T> {
  return desk.turns.take(operatorId, async () => {
    const { signIn } = livingOperator(desk, operatorId).operator;
    if (signIn.kind === 'passphrase' && signIn.totp && second === null) throw codeNeeded();
    return countedAttempt(desk, operatorId, async () => {
      const stored = livingOperator(desk, operatorId);
      const mark = await provenBy(desk, stored, passphrase, second);
      const { record, value } = await work(stored);
      const recordAll = () => {
        mark();
        record();
      };
      return { shows: 'everything', record: recordAll, value };
    });
  });
}

/** For what changes nothing of how they sign in. @throws DeskError as `withWholeProof` */
export function proveWhole(desk: OperatorDesk, operatorId: string, proof: WholeProof): Promise<void> {
  return withWholeProof(desk, operatorId, proof, () =>
    Promise.resolve({ record: () => undefined, value: undefined }),
  );
}

/**
 * Whether the passphrase is right, as one counted attempt: before more is typed, which it would all be in vain for. Proof
 * of nothing later: `withWholeProof` asks for it again. The caller wipes it.
 * @throws DeskError as `withWholeProof`, but for the codes.
 */
export function checkPassphrase(
  desk: OperatorDesk,
  operatorId: string,
  passphrase: Uint8Array,
): Promise<void> {
  return desk.turns.take(operatorId, () =>
    countedAttempt(desk, operatorId, async () => {
      (await openOperatorVault(desk, livingOperator(desk, operatorId), passphrase)).close();
      return { shows: 'part', record: () => undefined, value: undefined };
    }),
  );
}

async function provenBy(
  desk: OperatorDesk,
  stored: StoredOperator,
  passphrase: Uint8Array,
  second: SecondFactor | null,
): Promise<() => void> {
  const opened = await openOperatorVault(desk, stored, passphrase);
  try {
    if (opened.codes === null || second === null) return () => undefined;
    return takeFactor(desk, stored, opened.codes, second).record;
  } finally {
    opened.close();
  }
}
