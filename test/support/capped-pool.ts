/** A node that takes a transaction, and refuses what may cost a tenth more than that: it has a cap on fees. */
import { toQuantity } from 'ethers';
import type { Transaction } from 'ethers';
import { highestCostOf } from '../../electron/recovery/transaction-form.ts';
import type { Answer } from './fault-stage.ts';
import { askNode, isLook, refusal, sentTransaction } from './hostile-node.ts';
import type { ProxyAnswer } from './node-proxy.ts';

export interface CappedPool {
  readonly answer: Answer;
  /** Hashes of what came for the nonce of the first, each once. */
  readonly offered: ReadonlySet<string>;
}

function priceOf({ maxFeePerGas }: Transaction): bigint {
  return maxFeePerGas ?? 0n;
}

/** What becomes of the transaction that was taken. */
export type Kept = 'kept' | 'forgotten once another was refused';

/**
 * Stands before the node for the nonce of the first transaction that comes; each look at the chain finds another block,
 * and after so many the transaction is in one.
 * @param url the node itself.
 */
export function cappedPool(url: string, looks: number, becomes: Kept): CappedPool {
  const offered = new Set<string>();
  let taken: Transaction | null = null;
  let known = true;
  let left = looks;

  function offer(sent: Transaction): ProxyAnswer {
    offered.add(sent.hash ?? '');
    if (taken === null) taken = sent;
    if (sent.hash === taken.hash) {
      known = true;
      return { result: sent.hash };
    }
    if (highestCostOf(sent) * 10n > highestCostOf(taken) * 11n) {
      if (becomes !== 'kept' && offered.size === 2) known = false;
      return refusal('tx fee (1.12 ether) exceeds the configured cap (1.00 ether)');
    }
    if (priceOf(sent) * 10n < priceOf(taken) * 11n) return refusal('replacement transaction underpriced');
    taken = sent;
    return { result: sent.hash };
  }

  return {
    offered,
    async answer(request) {
      const sent = sentTransaction(request);
      if (left === 0) return 'pass';
      if (sent !== null) return taken === null || sent.nonce === taken.nonce ? offer(sent) : 'pass';
      if (taken === null) return 'pass';
      if (request.method === 'eth_getTransactionByHash' && request.params?.[0] === taken.hash) {
        const { hash, from, nonce } = taken;
        return { result: known ? { hash, from, nonce: toQuantity(nonce), blockNumber: null } : null };
      }
      if (!isLook(request)) return 'pass';
      if (left > 1 || known) left -= 1;
      if (left === 0) await askNode(url, 'eth_sendRawTransaction', [taken.serialized]);
      await askNode(url, 'evm_mine', []);
      return 'pass';
    },
  };
}
