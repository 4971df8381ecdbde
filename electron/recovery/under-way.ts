/** Which transactions of a recovery are in a block, which are not, and which a reorg took back (DESIGN 4.6). */
import type { TransactionRow } from '../../shared/journal.ts';
import type { Receipt } from '../chain/types.ts';
import { phaseOf } from './broadcast.ts';
import { isUnderWay } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { slotOf } from './slots.ts';
import { valueMoved } from './transaction-form.ts';

/** How long a look at the chain may rest when no block comes, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/** Signed and unsigned rows whose nonce is in no block yet, neither by them nor by a fee bump or fill of ours. */
export function underWay(run: Run): readonly TransactionRow[] {
  const { transactions } = run.snapshot();
  const used = new Set(
    transactions.flatMap((row) => (row.state === 'mined' || row.state === 'final' ? [slotOf(row)] : [])),
  );
  return transactions.filter((row) => isUnderWay(row) && !used.has(slotOf(row)));
}

/**
 * Unsigned rows at nonces of which nothing is signed; of a call and its fill, the fill. What is stored beside a signed
 * one holds nothing: that one may be mined.
 */
export function openIntents(run: Run): readonly TransactionRow[] {
  const open = underWay(run);
  const taken = new Set(open.flatMap((row) => (row.state === 'intended' ? [] : [slotOf(row)])));
  const filled = new Set(open.flatMap((row) => (row.purpose === 'fill' ? [slotOf(row)] : [])));
  return open.filter(
    (row) => !taken.has(slotOf(row)) && (row.purpose === 'fill' || !filled.has(slotOf(row))),
  );
}

/** Wei: for the gas, and what went along; of one that was refused nothing did. */
function costPaid({ unsigned }: TransactionRow, { gasUsed, effectiveGasPrice, succeeded }: Receipt): bigint {
  return gasUsed * effectiveGasPrice + (succeeded ? valueMoved(unsigned) : 0n);
}

function recordMined(run: Run, row: TransactionRow, receipt: Receipt): void {
  run.context.journal.mined(row.id, {
    number: receipt.blockNumber,
    hash: receipt.blockHash,
    succeeded: receipt.succeeded,
    costPaid: costPaid(row, receipt).toString(),
  });
  run.context.checkpoint(`mined:${phaseOf(run, row)}`);
  run.context.progress({ kind: 'transaction', step: row.step, hash: receipt.hash, state: 'mined' });
}

/** Records receipts; the rows that have none yet, without those whose nonce another of ours took. */
export async function collect(run: Run, rows: readonly TransactionRow[]): Promise<readonly TransactionRow[]> {
  const signed = rows.filter((row) => row.hash !== null);
  const receipts = await run.context.chain.receipts(signed.flatMap((row) => row.hash ?? []));
  const taken = new Set<string>();
  signed.forEach((row, index) => {
    const receipt = receipts[index] ?? null;
    if (receipt === null) return;
    recordMined(run, row, receipt);
    taken.add(slotOf(row));
  });
  return rows.filter((row) => !taken.has(slotOf(row)));
}

/** Mined rows whose block still holds them, with their receipts; what a reorg took is under way again. */
export interface Standing {
  readonly standing: readonly { readonly row: TransactionRow; readonly receipt: Receipt }[];
  /** Whether a block went, and a transaction with it. */
  readonly returned: boolean;
}

/** Looks whether mined rows are still in the block that they were seen in (DESIGN 4.6). */
export async function returnVanished(run: Run): Promise<Standing> {
  const { chain, journal, progress } = run.context;
  const rows = run
    .snapshot()
    .transactions.flatMap((row) =>
      row.state === 'mined' && row.hash !== null ? [{ row, hash: row.hash }] : [],
    );
  const receipts = await chain.receipts(rows.map(({ hash }) => hash));
  const standing = rows.flatMap(({ row }, index) => {
    const receipt = receipts[index] ?? null;
    return receipt?.blockHash === row.minedHash ? [{ row, receipt }] : [];
  });
  const kept = new Set(standing.map(({ row }) => row.id));
  const gone = rows.filter(({ row }) => !kept.has(row.id));
  for (const { row, hash } of gone) {
    journal.unmined(row.id);
    progress({ kind: 'transaction', step: row.step, hash, state: 'returned' });
  }
  return { standing, returned: gone.length > 0 };
}

/** Resolves at the next block or after a while; a block that brings nothing is no reason to hang. */
export async function nextLook(run: Run, head: number): Promise<void> {
  const timeout = AbortSignal.timeout(LOOK_AGAIN_MS);
  const signal = AbortSignal.any([timeout, run.context.signal]);
  try {
    await run.context.chain.nextBlock(head, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
