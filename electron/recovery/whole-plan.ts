/** Whether the whole plan can still be gone through with, as long as nothing irreversible is signed. */
import { awaitFinal, concludeFinal } from './conclusion.ts';
import { highestGasPrice } from './cost.ts';
import { costBoundReached, finalityFrees, leftOfBound } from './cost-bound.ts';
import type { Run } from './engine-context.ts';
import { assertReachable } from './step-judge.ts';
import { gasLimitOf, isStandingCall } from './transaction-form.ts';

/** Gas of the plan that is not signed for yet. */
function gasToCome(run: Run): bigint {
  const signed = new Map(
    run
      .snapshot()
      .transactions.filter(isStandingCall)
      .map((tx) => [tx.nonce, gasLimitOf(tx.unsigned)]),
  );
  const gas = [...signed.values()].reduce((sum, limit) => sum - limit, run.expected.gas);
  return gas > 0n ? gas : 0n;
}

function isPastReturn(run: Run): boolean {
  return run.snapshot().recovery.noReturnAt !== null;
}

/**
 * Wei that a raised fee must leave of the bound: what is to come, at the price of the preview. From the first
 * irreversible signature on nothing is put by, for what holds the rest up is the most urgent of all.
 */
export function putByForPlan(run: Run): bigint {
  return isPastReturn(run) ? 0n : gasToCome(run) * run.expected.gasPrice;
}

/**
 * Before anything irreversible is signed: whether all that is to come could be paid for within the bound at today's
 * prices.
 * @throws DeskError COST_BOUND_REACHED
 */
export async function assertBoundSuffices(run: Run): Promise<void> {
  if (isPastReturn(run)) return;
  const price = highestGasPrice(await run.context.chain.fees());
  const fits = (): boolean => gasToCome(run) * price <= leftOfBound(run);
  if (!fits() && finalityFrees(run)) await awaitFinal(run);
  if (!fits()) throw costBoundReached(run, gasToCome(run) * price);
}

/**
 * Before a walk sends anything, and before it signs what an earlier one had stored: whether the link is still ours to
 * make, and the whole plan can be paid for.
 * @throws DeskError RECOVERED_ELSEWHERE, STATE_CONFLICT, COST_BOUND_REACHED
 */
export async function assertStillFeasible(run: Run): Promise<void> {
  await assertReachable(run);
  // What was sent before a pause is no longer put by with the most that it could have cost.
  await concludeFinal(run);
  await assertBoundSuffices(run);
}
