/** Broadcasts a signed transaction once and says what the node made of it. It never decides to send again. */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import { RpcError, cutMessage, isBusy, isMethodMissing } from './chain-errors.ts';
import type { Endpoints } from './endpoints.ts';
import type { BroadcastResult } from './types.ts';

/**
 * The same refusal in the words of geth, reth, anvil, erigon, besu and nethermind, in the order they are tried.
 * "OwnNonceAlreadyUsed" (nethermind) means another transaction of the same nonce waiting in the pool.
 */
const WORDINGS: readonly (readonly [
  RegExp,
  BroadcastResult['kind'] &
    ('known' | 'underpriced' | 'fee_too_low' | 'nonce_too_low' | 'insufficient_funds'),
])[] = [
  [
    /already ?known|already imported|known transaction|same hash|already in (the )?(mem|tx)?pool|already_exists/i,
    'known',
  ],
  [
    /replacement (transaction )?(underpriced|fee too low)|replacement ?not ?allowed|could not replace|ownnoncealreadyused/i,
    'underpriced',
  ],
  [
    /underpriced|fee ?too ?low|less than block base fee|(gas ?price|fee|tip) (is )?(too low|below)|below (configured )?minimum/i,
    'fee_too_low',
  ],
  [
    /nonce (is )?too low|oldnonce|nonce_too_low|nonce below|nonce has already been used|pool\(stale\)/i,
    'nonce_too_low',
  ],
  [
    /insufficient ?(funds|balance)|upfront cost exceeds|doesn't have enough funds|not enough (funds|balance)/i,
    'insufficient_funds',
  ],
];

/** What an error to eth_sendRawTransaction means, by its words: codes differ between nodes and versions. */
export function classifyRefusal(nodeMessage: string): BroadcastResult {
  const found = WORDINGS.find(([wording]) => wording.test(nodeMessage));
  return found === undefined ? { kind: 'rejected', message: cutMessage(nodeMessage) } : { kind: found[1] };
}

/** The hash that a raw transaction has. */
function hashOf(raw: Hex): Hex {
  return `0x${bytesToHex(keccak_256(hexToBytes(raw.slice(2))))}`;
}

/**
 * @throws DeskError ENDPOINT_* with retry `unsafe` where no answer came; RPC_ERROR where the node was too busy to
 * look at the transaction or takes none.
 */
export async function broadcast(endpoints: Endpoints, raw: Hex): Promise<BroadcastResult> {
  try {
    const answer = await endpoints.send('eth_sendRawTransaction', [raw]);
    if (typeof answer === 'string' && answer.toLowerCase() === hashOf(raw)) return { kind: 'accepted' };
  } catch (error) {
    if (!(error instanceof RpcError) || isBusy(error) || isMethodMissing(error)) throw error;
    return classifyRefusal(error.nodeMessage);
  }
  throw new DeskError('ENDPOINT_GARBAGE', {
    message: 'The endpoint answered a broadcast with something else than the hash of the transaction.',
    remedy: 'Look for the transaction on the chain before anything else is sent.',
    retry: 'unsafe',
  });
}
