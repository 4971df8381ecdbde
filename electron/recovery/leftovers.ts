/** What ended recoveries had sent and is in no block: later nonces of the same key wait for it. */
import type { TransactionRow } from '../../shared/journal.ts';
import type { EngineContext } from './engine-context.ts';

/** A reorg may take what was mined when its recovery ended, with nobody left to look after it. */
async function returnVanished(context: EngineContext, mined: readonly TransactionRow[]): Promise<void> {
  const receipts = await context.chain.receipts(mined.flatMap((row) => row.hash ?? []));
  for (const [index, row] of mined.entries()) {
    if ((receipts[index] ?? null) === null) context.journal.unmined(row.id);
  }
}

/** Sends again, as it was signed, what a node may have forgotten; never over what waits at its nonce. */
export async function offerLeftovers(context: EngineContext): Promise<void> {
  const { chain, journal, signer } = context;
  const unsettled = (): readonly TransactionRow[] => journal.unsettled(chain.chainId, signer.address);
  await returnVanished(
    context,
    unsettled().filter((row) => row.state === 'mined'),
  );
  const rows = unsettled().filter((row) => row.state !== 'mined');
  if (rows.length === 0) return;
  // Where the node has one at that nonce, ours or not, nothing is sent over it.
  const { pending } = await chain.nonces(signer.address);
  for (const row of rows) {
    if (row.raw !== null && row.nonce >= pending) await chain.broadcast(row.raw);
  }
}
