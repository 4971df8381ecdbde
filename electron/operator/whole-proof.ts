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
  readonly second: SecondFactor | ShownBefore | null;
}

/** That a code was shown and taken before something more was typed: a code runs out faster than people type. */
export interface ShownBefore {
  readonly kind: 'shown_before';
}

/** Milliseconds for what is typed after a code. */
const TYPING_MS = 10 * 60_000;

/** SECURITY: each for one change of one operator; nobody else can make one that counts. */
const shownBefore = new WeakMap<ShownBefore, { readonly operatorId: string; readonly until: number }>();

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
    if (signIn.kind === 'passphrase' && signIn.totp && !isGiven(desk, operatorId, second)) throw codeNeeded();
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

/**
 * That it is the operator, by all that they sign in with, where nothing is changed with it yet.
 * @returns what stands in for the code in the change that follows; null where there are no codes.
 * @throws as `withWholeProof`
 */
export function proveWhole(
  desk: OperatorDesk,
  operatorId: string,
  proof: WholeProof,
): Promise<ShownBefore | null> {
  const record = (): void => desk.operators.recordProof(operatorId, 'passphrase');
  return withWholeProof(desk, operatorId, proof, async ({ operator: { signIn } }) => {
    const codes = signIn.kind === 'passphrase' && signIn.totp;
    return { record, value: codes ? rememberedFor(desk, operatorId) : null };
  });
}

function rememberedFor(desk: OperatorDesk, operatorId: string): ShownBefore {
  const shown = Object.freeze({ kind: 'shown_before' });
  shownBefore.set(shown, { operatorId, until: desk.now().getTime() + TYPING_MS });
  return shown;
}

function isGiven(desk: OperatorDesk, operatorId: string, second: WholeProof['second']): boolean {
  if (second?.kind !== 'shown_before') return second !== null;
  const known = shownBefore.get(second);
  return known !== undefined && known.operatorId === operatorId && desk.now().getTime() < known.until;
}

async function provenBy(
  desk: OperatorDesk,
  stored: StoredOperator,
  passphrase: Uint8Array,
  second: WholeProof['second'],
): Promise<() => void> {
  const opened = await openOperatorVault(desk, stored, passphrase);
  try {
    if (opened.codes === null || second === null) return () => undefined;
    if (second.kind === 'shown_before') return () => void shownBefore.delete(second);
    return takeFactor(desk, stored, opened.codes, second).record;
  } finally {
    opened.close();
  }
}
