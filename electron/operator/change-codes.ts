/** One-time codes and recovery codes of an operator: set up, replaced, turned off. */
import type { SignInKind } from '../../shared/operator.ts';
import { newCodeEnrolment } from './code-enrolment.ts';
import type { CodeEnrolment } from './code-enrolment.ts';
import { OneTimeCodes } from './one-time-codes.ts';
import { vaultRecordOf } from './opened-vault.ts';
import { livingOperator } from './operator-desk.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { firstCodeRefused, operatorInvalid } from './operator-refusals.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';
import { assertCodesWhereRequired } from './sign-in-policy.ts';
import { withWholeProof } from './whole-proof.ts';
import type { WholeProof } from './whole-proof.ts';

/** A secret that an authenticator was given, and the code that it shows for it. */
export interface CodeSetup {
  readonly secret: string;
  /** As it was typed. */
  readonly code: string;
}

export interface EnabledCodes {
  /** To be shown once. */
  readonly recoveryCodes: readonly string[];
  /** For whoever is signed in: those of before are no more. Whoever holds this closes it. */
  readonly codes: OneTimeCodes;
}

/** A secret to set up codes with; nothing is kept of it. @throws DeskError OPERATOR_UNKNOWN, OPERATOR_INVALID */
export function beginTotp(desk: OperatorDesk, operatorId: string): CodeEnrolment {
  const { name, signIn } = livingOperator(desk, operatorId).operator;
  assertOwnSignIn(signIn);
  return newCodeEnrolment(name);
}

/**
 * The step of a code that shows that the secret arrived in the authenticator.
 * @throws DeskError TOTP_WRONG, TOTP_CLOCK_SKEW. This is no attempt at anybody's secret, and is not counted.
 */
export function setupStep({ secret, code }: CodeSetup, now: Date): number {
  const codes = new OneTimeCodes(secret);
  const verdict = codes.judge(code, now, null);
  codes.close();
  if (verdict.fits === 'now') return verdict.step;
  throw firstCodeRefused(verdict);
}

/**
 * Turns one-time codes on, or replaces their secret, which takes a code of the one before.
 * @throws DeskError as `withWholeProof`
 */
export async function enableTotp(
  desk: OperatorDesk,
  operatorId: string,
  proof: WholeProof,
  setup: CodeSetup,
): Promise<EnabledCodes> {
  const step = setupStep(setup, desk.now());
  const made = makeRecoveryCodes(operatorId);
  await withWholeProof(desk, operatorId, proof, async (stored) => {
    assertOwnSignIn(stored.operator.signIn);
    const secrets = { totp: setup.secret };
    const record = vaultRecordOf(stored);
    const vault = await desk.vault.change(operatorId, record, proof.passphrase, { secrets });
    const change = {
      what: 'totp_on',
      vault,
      signIn: { kind: 'passphrase', totp: true },
      totpStep: step,
      recoveryCodes: made.stored,
    } as const;
    return { record: () => desk.operators.change(operatorId, change), value: undefined };
  });
  return { recoveryCodes: made.shown, codes: new OneTimeCodes(setup.secret) };
}

/** @throws DeskError SIGN_IN_FORBIDDEN where policy requires them; OPERATOR_INVALID without any; as `withWholeProof` */
export async function disableTotp(desk: OperatorDesk, operatorId: string, proof: WholeProof): Promise<void> {
  assertCodesWhereRequired(desk.policy, false);
  await withWholeProof(desk, operatorId, proof, async (stored) => {
    assertHasCodes(stored.operator.signIn);
    const secrets = { totp: null };
    const record = vaultRecordOf(stored);
    const vault = await desk.vault.change(operatorId, record, proof.passphrase, { secrets });
    const change = {
      what: 'totp_off',
      vault,
      signIn: { kind: 'passphrase', totp: false },
      totpStep: null,
      recoveryCodes: [],
    } as const;
    return { record: () => desk.operators.change(operatorId, change), value: undefined };
  });
}

/**
 * New recovery codes in place of all that there were, to be shown once.
 * @throws DeskError OPERATOR_INVALID where there are no one-time codes that they stand in for; as `withWholeProof`
 */
export function newRecoveryCodes(
  desk: OperatorDesk,
  operatorId: string,
  proof: WholeProof,
): Promise<readonly string[]> {
  return withWholeProof(desk, operatorId, proof, async ({ operator }) => {
    assertHasCodes(operator.signIn);
    const made = makeRecoveryCodes(operatorId);
    const change = { what: 'recovery_codes', recoveryCodes: made.stored } as const;
    return { record: () => desk.operators.change(operatorId, change), value: made.shown };
  });
}

function assertOwnSignIn(signIn: SignInKind): void {
  if (signIn.kind === 'passphrase') return;
  throw operatorInvalid(
    'it signs in at an identity provider, which asks for codes itself',
    'Set up codes there.',
  );
}

function assertHasCodes(signIn: SignInKind): void {
  if (signIn.kind === 'passphrase' && signIn.totp) return;
  throw operatorInvalid('no one-time codes are set up for it', 'Set up one-time codes first.');
}
