import { describe, expect, it } from 'vitest';
import { exitOfError, exitOfResult } from '../../../electron/cli/exit-codes.ts';
import { DeskError, ERRORS } from '../../../shared/errors.ts';
import type { ErrorCode, ErrorGroup } from '../../../shared/errors.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { address, hash } from '../store/records.ts';

const EXIT: Readonly<Record<ErrorGroup, number>> = { failed: 1, input: 2, blocked: 4, verification: 5 };

function result(status: RecoveryResult['status'], reason?: string): RecoveryResult {
  return {
    status,
    ...(reason === undefined ? {} : { reason: { code: reason, message: 'm', remedy: 'r' } }),
    recoveryId: 'R-1',
    protocol: 'smart',
    chainId: 1,
    practice: false,
    lostWallet: address(1),
    replacementWallet: address(2),
    replacementIdentity: address(3),
    wallets: [],
    tokens: { total: 0, recovered: 0, failed: 0, failures: [] },
    phases: [],
    followUps: [],
    transactions: [],
    planDigest: hash(1),
    previewDigest: hash(2),
  };
}

describe('exit codes', () => {
  it.each(Object.keys(ERRORS) as readonly ErrorCode[])('%s exits by its group', (code) => {
    const error = new DeskError(code, { message: 'm', remedy: 'r', retry: 'never' });

    expect(exitOfError(error)).toBe(EXIT[ERRORS[code][0]]);
  });

  it.each([
    ['completed', undefined, 0],
    ['completed_with_token_failures', undefined, 3],
    ['waiting', 'ENDPOINT_UNREACHABLE', 1],
    ['stopped', 'NOT_MINED', 1],
    ['stopped', 'VERIFICATION_FAILED', 5],
    ['failed', 'STEP_REVERTED', 1],
    ['cancelled', 'INTERRUPTED', 1],
    ['running', undefined, 1],
  ] as const)('a recovery that is %s (%s) exits with %i', (status, reason, code) => {
    expect(exitOfResult(result(status, reason))).toBe(code);
  });
});
