/** A node whose pool forgets what was replaced, and that is slow to take what came instead into a block. */
import { toQuantity } from 'ethers';
import type { Transaction } from 'ethers';
import type { Answer } from './fault-stage.ts';
import { askNode, isLook, refusal, sentTransaction } from './hostile-node.ts';
import type { ProxiedRequest, ProxyAnswer } from './node-proxy.ts';

/** What becomes of the first transaction that the pool is given. */
export type FirstOffer = 'taken' | 'refused' | 'refused, yet kept' | 'refused, kept and never mined';

export interface ReplacingPool {
  readonly answer: Answer;
  /** Hashes offered for the nonce of the first, in the order they came. */
  readonly offered: readonly string[];
}

/** Looks at what waits until it is in a block, counted from the second variant on. */
const LOOKS = 2;

/** Nodes want a tenth more on both fees before they let one take another's place. */
function replaces(now: Transaction, was: Transaction): boolean {
  const enough = (after: bigint | null, before: bigint | null): boolean =>
    (after ?? 0n) * 10n >= (before ?? 0n) * 11n;
  return (
    enough(now.maxFeePerGas, was.maxFeePerGas) && enough(now.maxPriorityFeePerGas, was.maxPriorityFeePerGas)
  );
}

/**
 * Stands before the node for the nonce of the first transaction that comes; blocks without it are mined whenever the
 * desk looks for one. Of several for that nonce only the one that took the place of the others is known.
 * @param url the node itself.
 */
export function replacingPool(url: string, first: FirstOffer): ReplacingPool {
  const offered: string[] = [];
  let nonce: number | null = null;
  let kept: Transaction | null = null;
  let looks = 0;
  let mined = false;

  function offer(sent: Transaction): ProxyAnswer {
    const foremost = nonce === null;
    nonce = sent.nonce;
    offered.push(sent.hash ?? '');
    if (foremost && first !== 'taken') {
      if (first !== 'refused') kept = sent;
      return refusal('internal error');
    }
    if (kept?.hash === sent.hash) return refusal('already known');
    if (kept !== null && !replaces(sent, kept)) return refusal('replacement transaction underpriced');
    kept = sent;
    return { result: sent.hash };
  }

  async function look(hash: unknown): Promise<ProxyAnswer> {
    if (kept === null || kept.hash !== hash) return 'pass';
    if (new Set(offered).size > 1) looks += 1;
    const tooCheap = first === 'refused, kept and never mined' && kept.hash === offered[0];
    if (looks < LOOKS || tooCheap) {
      const { from } = kept;
      return { result: { hash, from, nonce: toQuantity(kept.nonce), blockNumber: null } };
    }
    mined = true;
    await askNode(url, 'eth_sendRawTransaction', [kept.serialized]);
    return 'pass';
  }

  async function pendingCount({ method, params }: ProxiedRequest): Promise<ProxyAnswer> {
    const answer = await askNode(url, method, params ?? []);
    if (answer === 'pass' || !('result' in answer) || kept === null) return answer;
    return { result: toQuantity(Math.max(Number(answer.result), kept.nonce + 1)) };
  }

  return {
    offered,
    async answer(request) {
      const sent = sentTransaction(request);
      if (sent !== null && mined && sent.nonce === nonce) offered.push(sent.hash ?? '');
      if (mined) return 'pass';
      if (sent !== null) return nonce === null || sent.nonce === nonce ? offer(sent) : 'pass';
      const { method, params } = request;
      if (method === 'eth_getTransactionByHash') return look(params?.[0]);
      if (method === 'eth_getTransactionCount' && params?.[1] === 'pending') return pendingCount(request);
      if (nonce !== null && isLook(request)) await askNode(url, 'evm_mine', []);
      return 'pass';
    },
  };
}
