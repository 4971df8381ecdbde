/** Holds everything that is signed, calls, fee bumps and fills, within the cost that was confirmed. */
import { DeskError } from '../../shared/errors.ts';
import { isUnsettled } from '../../shared/journal.ts';
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import type { Run } from './engine-context.ts';
import { isFunded } from './funds.ts';
import { auditedRaise } from './raised-bound.ts';
import { slotOf } from './slots.ts';

type Cost = Pick<NewTransaction, 'signer' | 'nonce' | 'costCap'>;

/** Of one nonce of one signer only one is ever mined, so the dearest counts. */
function bySlot(rows: readonly Cost[]): Map<string, bigint> {
  const perNonce = new Map<string, bigint>();
  for (const row of rows) {
    const cost = BigInt(row.costCap);
    const known = perNonce.get(slotOf(row)) ?? 0n;
    perNonce.set(slotOf(row), cost > known ? cost : known);
  }
  return perNonce;
}

/** Wei that transactions have cost, or may cost at the most. */
function costOf(rows: readonly Cost[]): bigint {
  return [...bySlot(rows).values()].reduce((sum, cost) => sum + cost, 0n);
}

/** What was paid counts once it is final: a reorg may have it mined at another price. */
function standing(rows: readonly TransactionRow[]): readonly Cost[] {
  return rows
    .filter((row) => row.state !== 'abandoned' && row.state !== 'replaced')
    .map(({ signer, nonce, costCap, costPaid, state }) => ({
      signer,
      nonce,
      costCap: state === 'final' ? (costPaid ?? costCap) : costCap,
    }));
}

/** Of rows of one signer alone. */
function byNonce(
  perSlot: ReadonlyMap<string, bigint>,
  rows: readonly TransactionRow[],
): ReadonlyMap<number, bigint> {
  return new Map(
    rows.flatMap((row) => {
      const cost = perSlot.get(slotOf(row));
      return cost === undefined ? [] : [[row.nonce, cost] as const];
    }),
  );
}

/** Wei, by nonce of one signer, that transactions have cost, or may cost at the most. */
export function mayCostByNonce(rows: readonly TransactionRow[]): ReadonlyMap<number, bigint> {
  return byNonce(bySlot(standing(rows)), rows);
}

/** Wei, by nonce of one signer of which nothing more can become: what was paid, 0 where none of ours was mined. */
export function settledByNonce(rows: readonly TransactionRow[]): ReadonlyMap<number, bigint> {
  const open = new Set(rows.filter((row) => isUnsettled(row.state)).map((row) => row.nonce));
  const paid = byNonce(bySlot(standing(rows)), rows);
  return new Map(
    rows.flatMap(({ nonce }) => (open.has(nonce) ? [] : [[nonce, paid.get(nonce) ?? 0n] as const])),
  );
}

/** What counts against the bound: what a replacement pays from what it was given was counted when it was given. */
function counted<T extends Pick<Cost, 'signer'>>({ plan }: Run, rows: readonly T[]): readonly T[] {
  return rows.filter(({ signer }) => !isFunded(plan, signer));
}

/** Whether more will be left of the bound once what is in a block is final. */
export function finalityFrees(run: Run): boolean {
  return counted(run, run.snapshot().transactions).some(
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
  return boundOf(run) - costOf(counted(run, [...standing(run.snapshot().transactions), ...wanted]));
}

/** @param cost wei that what is left to be sent could take. */
export function costBoundReached(run: Run, cost: bigint): DeskError {
  const left = leftOfBound(run);
  const bound = boundOf(run);
  const asked = bound - left + cost;
  // What an earlier run was allowed is confirmed again, or more: less is refused.
  const before = auditedRaise(run.context, run.snapshot().recovery) ?? 0n;
  const needed = asked > before ? asked : before;
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
