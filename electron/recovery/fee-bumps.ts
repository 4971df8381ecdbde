/** Raises the fee of a transaction that sticks: the same call at the same nonce, within the cost of the plan. */
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import type { FeeQuote } from '../chain/types.ts';
import { broadcastSigned, signIntended } from './broadcast.ts';
import { highestGasPrice } from './cost.ts';
import { leftOfBound } from './cost-bound.ts';
import type { Run } from './engine-context.ts';
import { liftingReserve } from './lifting-reserve.ts';
import { putByForPlan } from './plan-reserve.ts';
import { signsHere } from './presence.ts';
import { bySigner } from './slots.ts';
import { bumpedForm } from './transaction-form.ts';

/**
 * Wei that a raised fee must leave of the bound: for the plan as long as nothing irreversible is signed; after that a
 * token, which nothing rests on, leaves what lifting our own freezes takes.
 */
function putBy(run: Run, step: string, fees: FeeQuote): bigint {
  const isToken = run.plan.steps.some((one) => one.name === step && one.role === 'token');
  const lifting = isToken ? liftingReserve(run, []).putBy * highestGasPrice(fees) : 0n;
  const forPlan = putByForPlan(run);
  return forPlan > lifting ? forPlan : lifting;
}

/** @param cheap rows that nodes find too cheap by now: these need not wait. */
export async function raiseFees(
  run: Run,
  waiting: readonly TransactionRow[],
  cheap: readonly TransactionRow[],
  head: number,
): Promise<void> {
  for (const own of bySigner(waiting).values()) await raiseFirst(run, own, cheap, head);
}

/** @param waiting of one signer. */
async function raiseFirst(
  run: Run,
  waiting: readonly TransactionRow[],
  cheap: readonly TransactionRow[],
  head: number,
): Promise<void> {
  const { chain, journal, policy, progress } = run.context;
  // Later nonces wait for the first: raising that one is enough.
  const [lowest] = waiting.toSorted((a, b) => a.nonce - b.nonce);
  const first = waiting.findLast((row) => row.nonce === lowest?.nonce);
  if (first === undefined || first.bump >= policy.maxBumps) return;
  // It takes the key: without it the transaction is waited for as it is.
  if (!signsHere(run, first.signer)) return;
  const late = head - (first.sentAtBlock ?? head) >= policy.bumpAfterBlocks;
  if (!late && cheap.every((row) => row.id !== first.id)) return;
  const fees = await chain.fees();
  const form = bumpedForm(first.unsigned, fees);
  if (form === null) return;
  const { recoveryId, step, attempt, purpose, signer, chainId, nonce } = first;
  const bump: NewTransaction = {
    recoveryId,
    step,
    attempt,
    purpose,
    signer,
    chainId,
    nonce,
    bump: first.bump + 1,
    unsigned: form.unsigned,
    costCap: form.costCap.toString(),
  };
  if (leftOfBound(run, [bump]) < putBy(run, step, fees)) {
    progress({
      kind: 'waiting',
      what: 'lower network fees: more would go past the highest cost of the plan',
    });
    return;
  }
  const ids = journal.intend([bump]);
  await signIntended(run, ids);
  run.context.checkpoint(`bump signed:${step}`);
  await broadcastSigned(run, ids);
}
