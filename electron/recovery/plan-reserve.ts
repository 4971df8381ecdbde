/** What of a plan is still to be paid for, and what a raised fee must leave for it. */
import { callsNow, isEnded, stepRow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { isFunded, valueOf } from './funds.ts';
import { gasLimitOf } from './transaction-form.ts';

/**
 * Gas of the plan that nothing is signed for yet: a step that is tried anew is to come once more. One that was signed
 * with more gas than was expected of it takes nothing from what is to come.
 */
function gasToCome(run: Run): bigint {
  const signed = new Map(callsNow(run.snapshot()).map((tx) => [tx.step, gasLimitOf(tx.unsigned)]));
  const paid = run.plan.steps.filter(({ signer }) => !isFunded(run.plan, signer));
  const spent = paid.map((step) => {
    const limit = signed.get(step.name) ?? 0n;
    const expected = run.expected.gasOf(step);
    return limit < expected ? limit : expected;
  });
  const gas = spent.reduce((sum, share) => sum - share, run.expected.gas);
  return gas > 0n ? gas : 0n;
}

/** Wei that replacements are still to be given. */
function valueToCome(run: Run): bigint {
  const given = run.plan.steps.filter(({ role }) => role === 'fund');
  if (given.length === 0) return 0n;
  const signed = new Set(callsNow(run.snapshot()).map((tx) => tx.step));
  return given
    .filter((step) => !signed.has(step.name) && !isEnded(stepRow(run, step)))
    .reduce((sum, step) => sum + valueOf(step), 0n);
}

/** Wei that the rest of the plan may take at a gas price. */
export function costToCome(run: Run, gasPrice: bigint): bigint {
  return gasToCome(run) * gasPrice + valueToCome(run);
}

export function isPastReturn(run: Run): boolean {
  return run.snapshot().recovery.noReturnAt !== null;
}

/**
 * Wei that a raised fee must leave of the bound: what is to come, at the price of the preview. From the first
 * irreversible signature on nothing is put by, for what holds the rest up is the most urgent of all.
 */
export function putByForPlan(run: Run): bigint {
  return isPastReturn(run) ? 0n : costToCome(run, run.expected.gasPrice);
}
