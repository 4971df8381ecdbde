/** An endpoint that has fallen back behind what was shown before, as one of several behind one address may. */
import { toQuantity } from 'ethers';
import type { Answer } from './fault-stage.ts';
import { askNode, isLook, sentTransaction } from './hostile-node.ts';
import type { ProxyAnswer } from './node-proxy.ts';

/** What of the newest block it lacks; a receipt may yet come from a node that has the block. */
export type Lacking = 'block and receipts' | 'block';

interface Mined {
  readonly blockNumber: string;
}

async function receiptUpTo(url: string, last: number, hash: unknown): Promise<ProxyAnswer> {
  const answer = await askNode(url, 'eth_getTransactionReceipt', [hash]);
  if (answer === 'pass' || !('result' in answer) || answer.result === null) return answer;
  const { blockNumber } = answer.result as Mined;
  return Number(blockNumber) > last ? { result: null } : answer;
}

/**
 * Knows nothing past a block, until it is asked which chain it serves: so asks who begins anew.
 * @param url the node itself.
 * @param last the newest block that it knows.
 */
export function laggingNode(url: string, last: number, lacking: Lacking): Answer {
  let caughtUp = false;
  return (request) => {
    const { method, params } = request;
    if (method === 'eth_chainId') caughtUp = true;
    if (caughtUp) return 'pass';
    if (isLook(request)) return askNode(url, method, [toQuantity(last), false]);
    if (method === 'eth_getBlockByNumber' && Number(params?.[0]) > last) return { result: null };
    if (method === 'eth_getTransactionReceipt' && lacking === 'block and receipts') {
      return receiptUpTo(url, last, params?.[0]);
    }
    return 'pass';
  };
}

/**
 * Does not know the first transaction that it is given, not even when asked for it by its hash; from that question on
 * it has its receipt and counts it.
 */
export function lateToKnow(): Answer {
  let given: { readonly hash: string | null; readonly nonce: number } | null = null;
  let knows = false;
  return (request) => {
    const { method, params } = request;
    if (knows) return 'pass';
    const sent = sentTransaction(request);
    if (given === null) {
      if (sent !== null) given = { hash: sent.hash, nonce: sent.nonce };
      return 'pass';
    }
    if (method === 'eth_getTransactionCount') return { result: toQuantity(given.nonce) };
    if (params?.[0] !== given.hash) return 'pass';
    knows = method === 'eth_getTransactionByHash';
    return { result: null };
  };
}
