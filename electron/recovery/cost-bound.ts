/** Holds everything that is signed, calls, fee bumps and fills, within the cost that was confirmed. */
import { DeskError } from '../../shared/errors.ts';
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import type { Run } from './engine-context.ts';
import { auditedRaise } from './raised-bound.ts';

type Cost = Pick<NewTransaction, 'nonce' | 'costCap'>;

/** Wei that transactions have cost, or may cost at the most: of one nonce only one is ever mined, so the dearest counts. */
function costOf(rows: readonly Cost[]): bigint {
  const perNonce = new Map<number, bigint>();
  for (const row of rows) {
    const cost = BigInt(row.costCap);
    const known = perNonce.get(row.nonce) ?? 0n;
    perNonce.set(row.nonce, cost > known ? cost : known);
  }
  return [...perNonce.values()].reduce((sum, cost) => sum + cost, 0n);
}

/** What was paid counts once it is final: a reorg may have it mined at another price. */
function standing(rows: readonly TransactionRow[]): readonly Cost[] {
  return rows
    .filter((row) => row.state !== 'abandoned' && row.state !== 'replaced')
    .map(({ nonce, costCap, costPaid, state }) => ({
      nonce,
      costCap: state === 'final' ? (costPaid ?? costCap) : costCap,
    }));
}

/** Whether more will be left of the bound once what is in a block is final. */
export function finalityFrees(run: Run): boolean {
  return run
    .snapshot()
    .transactions.some(
      (row) => row.state === 'mined' && BigInt(row.costPaid ?? row.costCap) < BigInt(row.costCap),
    );
}

/**
 * Wei: the plan's highest cost, or the higher one that was confirmed to this run. SECURITY: what the database says of a
 * raised bound counts for nothing, nor does the audit log beside it: whoever writes the one can write the other anew. Not
 * defended against: what was paid so far is read from the database, so that whoever writes it can have up to the bound
 * spent once more.
 */
function boundOf(run: Run): bigint {
  return run.context.confirmedBounds.get(run.id) ?? BigInt(run.plan.highestCost);
}

/** Why nothing more is signed where an earlier run went past the bound of this one: that had a higher one confirmed. */
export function raisedBefore(run: Run): DeskError | null {
  const { recovery } = run.snapshot();
  const raised = auditedRaise(run.context, recovery);
  if (raised === null || run.context.confirmedBounds.has(run.id)) return null;
  return new DeskError('COST_BOUND_REACHED', {
    message: `An earlier run of this recovery was allowed to cost up to ${raised} wei, and went past the ${run.plan.highestCost} wei of its plan. A higher bound counts only for the run that it is confirmed to. Nothing more was signed.`,
    remedy: `Confirm that bound again, if it was you who set it: resume ${run.id} --highest-cost ${raised}`,
    retry: 'safe',
  });
}

/** Wei that may still be spent when the transactions are signed beside all that was signed before; below 0 if too much. */
export function leftOfBound(run: Run, wanted: readonly Cost[] = []): bigint {
  return boundOf(run) - costOf([...standing(run.snapshot().transactions), ...wanted]);
}

/** @param cost wei that what is left to be sent could take. */
export function costBoundReached(run: Run, cost: bigint): DeskError {
  const left = leftOfBound(run);
  const bound = boundOf(run);
  const needed = bound - left + cost;
  return new DeskError('COST_BOUND_REACHED', {
    message: `What is left to be sent could cost ${cost} wei, and of the ${bound} wei that were confirmed ${left > 0n ? left : 0n} are left. It was not signed.`,
    remedy: `Wait for lower network fees, then resume; or confirm a higher bound, of ${needed} wei or more: resume ${run.id} --highest-cost ${needed}`,
    retry: 'safe',
  });
}

/** @throws DeskError COST_BOUND_REACHED */
export function assertWithinBound(run: Run, wanted: Cost): void {
  if (leftOfBound(run, [wanted]) < 0n) throw costBoundReached(run, BigInt(wanted.costCap));
}
