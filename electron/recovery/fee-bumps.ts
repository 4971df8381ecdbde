/** Raises the fee of a transaction that sticks: the same call at the same nonce, within the cost of the plan. */
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import { broadcastSigned, signIntended } from './broadcast.ts';
import { leftOfBound } from './cost-bound.ts';
import type { Run } from './engine-context.ts';
import { bumpedForm } from './transaction-form.ts';
import { putByForPlan } from './whole-plan.ts';

/** @param cheap rows that nodes find too cheap by now: these need not wait. */
export async function raiseFees(
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
  const late = head - (first.sentAtBlock ?? head) >= policy.bumpAfterBlocks;
  if (!late && cheap.every((row) => row.id !== first.id)) return;
  const form = bumpedForm(first.unsigned, await chain.fees());
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
  if (leftOfBound(run, [bump]) < putByForPlan(run)) {
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
