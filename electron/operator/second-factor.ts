/** The second thing that an operator shows: a code of now, or a recovery code. Taken codes are stored by `record`. */
import type { StoredOperator } from '../store/operator-rows.ts';
import type { OneTimeCodes } from './one-time-codes.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { codeRefused, recoveryCodeWrong } from './operator-refusals.ts';
import { fittingRecoveryCode } from './recovery-codes.ts';

export interface SecondFactor {
  readonly kind: 'totp' | 'recovery_code';
  /** As it was typed. */
  readonly code: string;
}

export interface TakenFactor {
  /** Marks what was taken as used. */
  readonly record: () => void;
}

/** @throws DeskError TOTP_WRONG, TOTP_CLOCK_SKEW, RECOVERY_CODE_WRONG, VAULT_CORRUPT */
export function takeFactor(
  desk: OperatorDesk,
  stored: StoredOperator,
  codes: OneTimeCodes,
  { kind, code }: SecondFactor,
): TakenFactor {
  return kind === 'totp' ? takeCode(desk, stored, codes, code) : takeRecoveryCode(desk, stored, code);
}

function takeCode(
  { operators, now }: OperatorDesk,
  { operator: { id }, totpStep }: StoredOperator,
  codes: OneTimeCodes,
  code: string,
): TakenFactor {
  const verdict = codes.judge(code, now(), totpStep);
  if (verdict.fits === 'now') return { record: () => operators.useTotpStep(id, verdict.step) };
  // SECURITY: whoever guesses must not learn by this a code that becomes right in some minutes.
  if (verdict.fits === 'other_time') operators.useTotpStep(id, verdict.step);
  throw codeRefused(verdict);
}

export function takeRecoveryCode(
  { operators }: OperatorDesk,
  { operator: { id } }: StoredOperator,
  code: string,
): TakenFactor {
  const fitting = fittingRecoveryCode(id, code, operators.recoveryCodes(id));
  if (fitting === null) throw recoveryCodeWrong();
  return { record: () => operators.useRecoveryCode(id, fitting.hash) };
}
