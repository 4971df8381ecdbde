/** A node that is slow to take a transaction into a block. */
import { toQuantity } from 'ethers';
import type { Transaction } from 'ethers';
import type { Answer } from './fault-stage.ts';
import { askNode, isLook, sentTransaction } from './hostile-node.ts';

export interface SlowPool {
  readonly answer: Answer;
  /** Hashes that came for the nonce of the first, in their order. */
  readonly offered: readonly string[];
}

/**
 * Keeps the first transaction that it is given, or what comes at its nonce after it, until the chain was looked at so
 * many times; each look finds another block.
 * @param url the node itself.
 */
export function slowPool(url: string, looks: number): SlowPool {
  const offered: string[] = [];
  let kept: Transaction | null = null;
  let left = looks;
  return {
    offered,
    async answer(request) {
      if (left === 0) return 'pass';
      const sent = sentTransaction(request);
      if (sent !== null && (kept === null || kept.nonce === sent.nonce)) {
        kept = sent;
        offered.push(sent.hash ?? '');
        return { result: sent.hash };
      }
      if (kept === null) return 'pass';
      if (request.method === 'eth_getTransactionByHash' && request.params?.[0] === kept.hash) {
        const { hash, from, nonce } = kept;
        return { result: { hash, from, nonce: toQuantity(nonce), blockNumber: null } };
      }
      if (!isLook(request)) return 'pass';
      left -= 1;
      if (left === 0) await askNode(url, 'eth_sendRawTransaction', [kept.serialized]);
      await askNode(url, 'evm_mine', []);
      return 'pass';
    },
  };
}
