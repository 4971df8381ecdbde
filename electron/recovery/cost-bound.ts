/** Holds everything that is signed, calls, fee bumps and fills, within the cost that the plan was confirmed with. */
import { DeskError } from '../../shared/errors.ts';
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import type { Run } from './engine-context.ts';

type Cost = Pick<NewTransaction, 'nonce' | 'costCap'>;

/** Wei that transactions have cost, or may cost at the most: of one nonce only one is ever mined, so the dearest counts. */
function costOf(rows: readonly (Cost & { readonly costPaid?: string | null })[]): bigint {
  const perNonce = new Map<number, bigint>();
  for (const row of rows) {
    const cost = BigInt(row.costPaid ?? row.costCap);
    const known = perNonce.get(row.nonce) ?? 0n;
    perNonce.set(row.nonce, cost > known ? cost : known);
  }
  return [...perNonce.values()].reduce((sum, cost) => sum + cost, 0n);
}

function counts(row: TransactionRow): boolean {
  return row.state !== 'abandoned' && row.state !== 'replaced';
}

/** Whether the transactions, beside all that the recovery has signed before, stay within the plan's highest cost. */
export function withinBound(run: Run, wanted: readonly Cost[]): boolean {
  const rows = run.snapshot().transactions.filter(counts);
  return costOf([...rows, ...wanted]) <= BigInt(run.plan.highestCost);
}

/** @throws DeskError COST_BOUND_REACHED */
export function assertWithinBound(run: Run, wanted: readonly Cost[]): void {
  if (withinBound(run, wanted)) return;
  throw new DeskError('COST_BOUND_REACHED', {
    message: `The next transactions could cost more than the ${run.plan.highestCost} wei that the plan allows. They were not signed.`,
    remedy: 'Wait for lower network fees, then resume.',
    retry: 'safe',
  });
}
