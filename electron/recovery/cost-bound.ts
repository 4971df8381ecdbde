/** Holds everything that is signed, calls, fee bumps and fills, within the cost that was confirmed. */
import { DeskError } from '../../shared/errors.ts';
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import type { Run } from './engine-context.ts';
import { slotOf } from './slots.ts';

type Cost = Pick<NewTransaction, 'signer' | 'nonce' | 'costCap'>;

/** Wei that transactions have cost, or may cost at the most: of one nonce only one is ever mined, so the dearest counts. */
function costOf(rows: readonly Cost[]): bigint {
  const perNonce = new Map<string, bigint>();
  for (const row of rows) {
    const cost = BigInt(row.costCap);
    const known = perNonce.get(slotOf(row)) ?? 0n;
    perNonce.set(slotOf(row), cost > known ? cost : known);
  }
  return [...perNonce.values()].reduce((sum, cost) => sum + cost, 0n);
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

/** Whether more will be left of the bound once what is in a block is final. */
export function finalityFrees(run: Run): boolean {
  return run
    .snapshot()
    .transactions.some(
      (row) => row.state === 'mined' && BigInt(row.costPaid ?? row.costCap) < BigInt(row.costCap),
    );
}

/** Wei: the plan's highest cost, or the higher one that was confirmed for this recovery later. */
function boundOf(run: Run): bigint {
  return BigInt(run.snapshot().recovery.highestCost ?? run.plan.highestCost);
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
