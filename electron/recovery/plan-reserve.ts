/** What of a plan is still to be paid for, and what a raised fee must leave for it. */
import { callsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { gasLimitOf } from './transaction-form.ts';

/**
 * Gas of the plan that nothing is signed for yet: a step that is tried anew is to come once more. One that was signed
 * with more gas than was expected of it takes nothing from what is to come.
 */
export function gasToCome(run: Run): bigint {
  const signed = new Map(callsNow(run.snapshot()).map((tx) => [tx.step, gasLimitOf(tx.unsigned)]));
  const spent = run.plan.steps.map((step) => {
    const limit = signed.get(step.name) ?? 0n;
    const expected = run.expected.gasOf(step);
    return limit < expected ? limit : expected;
  });
  const gas = spent.reduce((sum, share) => sum - share, run.expected.gas);
  return gas > 0n ? gas : 0n;
}

export function isPastReturn(run: Run): boolean {
  return run.snapshot().recovery.noReturnAt !== null;
}

/**
 * Wei that a raised fee must leave of the bound: what is to come, at the price of the preview. From the first
 * irreversible signature on nothing is put by, for what holds the rest up is the most urgent of all.
 */
export function putByForPlan(run: Run): bigint {
  return isPastReturn(run) ? 0n : gasToCome(run) * run.expected.gasPrice;
}
