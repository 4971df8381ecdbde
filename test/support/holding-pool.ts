/** A node that takes transactions and puts none of them into a block, while blocks come. */
import { toQuantity } from 'ethers';
import type { Transaction } from 'ethers';
import type { Answer } from './fault-stage.ts';
import { askNode, isLook, refusal, sentTransaction } from './hostile-node.ts';

export interface HoldingPool {
  readonly answer: Answer;
  /** Each once, in the order in which they came; the node itself has none of them. */
  readonly held: readonly Transaction[];
}

/**
 * @param url the node itself.
 * @param holds whether a transaction is one to keep; the others pass.
 */
export function holdingPool(url: string, holds: (sent: Transaction) => boolean): HoldingPool {
  const held: Transaction[] = [];
  return {
    held,
    async answer(request) {
      const sent = sentTransaction(request);
      if (sent !== null && holds(sent)) {
        if (held.some(({ hash }) => hash === sent.hash)) return refusal('already known');
        held.push(sent);
        return { result: sent.hash };
      }
      if (held.length === 0) return 'pass';
      if (request.method === 'eth_getTransactionByHash') {
        const kept = held.find(({ hash }) => hash === request.params?.[0]);
        if (kept === undefined) return 'pass';
        const { hash, from, nonce } = kept;
        return { result: { hash, from, nonce: toQuantity(nonce), blockNumber: null } };
      }
      if (isLook(request)) await askNode(url, 'evm_mine', []);
      return 'pass';
    },
  };
}
