/** Which nonce comes next, and whether somebody else uses the operator's key. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Chain } from '../chain/types.ts';
import type { EngineContext } from './engine-context.ts';

export function keyInUseElsewhere(signer: Address, what: string): DeskError {
  return new DeskError('OPERATOR_KEY_IN_USE_ELSEWHERE', {
    message: `Another program sends transactions with the operator key ${signer}: ${what}. Sending was stopped.`,
    remedy: 'Stop that program, wait until its transactions are mined, then resume.',
    retry: 'safe',
  });
}

/**
 * The first nonce that is neither used nor reserved by this desk.
 * @throws DeskError OPERATOR_KEY_IN_USE_ELSEWHERE when the node knows of more transactions than ours.
 */
export async function nextNonce(context: EngineContext, signer: Address): Promise<number> {
  const { chain, journal } = context;
  const { latest, pending } = await chain.nonces(signer);
  const reserved = journal.unsettled(chain.chainId, signer).map((row) => row.nonce + 1);
  const next = Math.max(latest, ...reserved);
  const used = journal.highestNonce(chain.chainId, signer) ?? -1;
  if (used >= next) {
    throw new DeskError('BLOCK_CHANGED', {
      message: `The endpoint does not know of a transaction of ours at nonce ${used} that was final: it lags behind.`,
      remedy: 'Wait until the endpoint has caught up, or use another one, then resume.',
      retry: 'safe',
    });
  }
  if (pending > next) {
    throw keyInUseElsewhere(signer, `${pending - next} are waiting that this desk did not send`);
  }
  return next;
}

/**
 * Whether a nonce was used by none of the given hashes, as one endpoint shows it at final depth (DESIGN 4.3).
 * `unknown` while the block that would tell is not final.
 */
export async function usedByOthers(
  chain: Chain,
  signer: Address,
  nonce: number,
  hashes: readonly `0x${string}`[],
): Promise<'yes' | 'no' | 'unknown'> {
  const final = await chain.finalHead();
  if (final === null) return 'unknown';
  const reader = await chain.pin(final);
  if ((await reader.nonce(signer)) <= nonce) return 'unknown';
  const receipts = await chain.receipts(hashes);
  await reader.assertStillCanonical();
  return receipts.some((receipt) => receipt !== null) ? 'no' : 'yes';
}
