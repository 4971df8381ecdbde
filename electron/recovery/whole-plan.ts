/** Whether the whole plan can still be gone through with, as long as nothing irreversible is signed. */
import { awaitFinal, concludeFinal } from './conclusion.ts';
import { highestGasPrice } from './cost.ts';
import { costBoundReached, finalityFrees, leftOfBound } from './cost-bound.ts';
import type { Run } from './engine-context.ts';
import { costToCome, isPastReturn } from './plan-reserve.ts';
import { assertReachable } from './step-judge.ts';

/**
 * Before anything irreversible is signed: whether all that is to come could be paid for within the bound at today's
 * prices.
 * @throws DeskError COST_BOUND_REACHED
 */
export async function assertBoundSuffices(run: Run): Promise<void> {
  if (isPastReturn(run)) return;
  const price = highestGasPrice(await run.context.chain.fees());
  const fits = (): boolean => costToCome(run, price) <= leftOfBound(run);
  if (!fits() && finalityFrees(run)) await awaitFinal(run);
  if (!fits()) throw costBoundReached(run, costToCome(run, price));
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
