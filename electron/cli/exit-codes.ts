/** Exit codes of the terminal (DESIGN 6). */
import { assertNever } from '../../shared/assert-never.ts';
import type { DeskError } from '../../shared/errors.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';

export const EXIT = { done: 0, failed: 1, input: 2, tokenFailures: 3, blocked: 4, verification: 5 } as const;

export function exitOfError(error: DeskError): number {
  switch (error.group) {
    case 'input':
      return EXIT.input;
    case 'blocked':
      return EXIT.blocked;
    case 'verification':
      return EXIT.verification;
    case 'failed':
      return EXIT.failed;
    default:
      return assertNever(error.group);
  }
}

export function exitOfResult(result: RecoveryResult): number {
  const verified = result.phases.every((phase) => phase.name !== 'verify' || phase.status !== 'failed');
  if (!verified) return EXIT.verification;
  if (result.status === 'completed') return EXIT.done;
  if (result.status === 'completed_with_token_failures') return EXIT.tokenFailures;
  return result.reason?.code === 'VERIFICATION_FAILED' ? EXIT.verification : EXIT.failed;
}
