/** What ended recoveries had sent and is in no block: later nonces of the same key wait for it. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { TransactionRow } from '../../shared/journal.ts';
import type { BroadcastResult } from '../chain/types.ts';
import type { EngineContext } from './engine-context.ts';

/** A reorg may take what was mined when its recovery ended, with nobody left to look after it. */
async function returnVanished(context: EngineContext, mined: readonly TransactionRow[]): Promise<void> {
  const receipts = await context.chain.receipts(mined.flatMap((row) => row.hash ?? []));
  for (const [index, row] of mined.entries()) {
    if ((receipts[index] ?? null) === null) context.journal.unmined(row.id);
  }
}

/** No later transaction of the key can be mined before it: better said now than found out when much is under way. */
function notTaken({ recoveryId, nonce, signer }: TransactionRow, kind: BroadcastResult['kind']): DeskError {
  if (kind === 'insufficient_funds') {
    return new DeskError('OPERATOR_OUT_OF_FUNDS', {
      message: `A transaction of the ended recovery ${recoveryId} holds nonce ${nonce} of ${signer}, who cannot pay for it. Nothing was done.`,
      remedy: `Send native coin to ${signer}, then try again.`,
      retry: 'safe',
    });
  }
  return new DeskError('BROADCAST_REJECTED', {
    message: `A transaction of the ended recovery ${recoveryId} holds nonce ${nonce} of ${signer}, and the node does not take it. Nothing was done.`,
    remedy: `Wait for lower network fees, or use up nonce ${nonce} with the operator's own wallet by a transfer of nothing to itself, then try again.`,
    retry: 'safe',
  });
}

/**
 * Sends again, as it was signed, what a node may have forgotten; never over what waits at its nonce.
 * @param signer whose transactions; others of theirs are to follow.
 * @param own the recovery that is gone on with, which looks after its own; null for a new one.
 * @throws DeskError BROADCAST_REJECTED, OPERATOR_OUT_OF_FUNDS, of the network.
 */
export async function offerLeftovers(
  context: EngineContext,
  signer: Address,
  own: string | null,
): Promise<void> {
  const { chain, journal } = context;
  const left = (): readonly TransactionRow[] =>
    journal.unsettled(chain.chainId, signer).filter((row) => row.recoveryId !== own);
  await returnVanished(
    context,
    left().filter((row) => row.state === 'mined'),
  );
  const rows = left().filter((row) => row.state !== 'mined');
  if (rows.length === 0) return;
  // Where the node has one at that nonce, ours or not, nothing is sent over it.
  const { pending } = await chain.nonces(signer);
  // One of a nonce at the most: a recovery does not end while a variant beside the mined one is signed or sent.
  for (const row of rows) {
    if (row.raw === null || row.nonce < pending) continue;
    const { kind } = await chain.broadcast(row.raw);
    if (kind !== 'accepted' && kind !== 'known' && kind !== 'nonce_too_low') throw notTaken(row, kind);
  }
}
