/** The errors of the chain room, in words for a person. */
import { DeskError } from '../../shared/errors.ts';
import type { BlockRef } from './types.ts';

const MESSAGE_LIMIT = 200;
const CONTROL = /[\p{Cc}\s]+/gu;

/** A node's words, fit to be shown: on one line, without control characters, cut. */
export function cutMessage(text: string): string {
  return text.replace(CONTROL, ' ').trim().slice(0, MESSAGE_LIMIT);
}

/** A JSON-RPC error object as the node gave it. The person sees its words cut; `nodeMessage` has them all. */
export class RpcError extends DeskError {
  readonly rpcCode: number;
  readonly nodeMessage: string;
  readonly data: unknown;

  constructor(rpcCode: number, nodeMessage: string, data: unknown) {
    super('RPC_ERROR', {
      message: `The node answered with an error: ${cutMessage(nodeMessage) || 'no reason given'} (code ${rpcCode}).`,
      remedy: 'Try again. If it stays so, ask whoever runs the endpoint, or use another one.',
      retry: 'safe',
    });
    this.rpcCode = rpcCode;
    this.nodeMessage = nodeMessage;
    this.data = data;
  }
}

/** The node's answer lacks what it must hold. `what` names the part, never its content. */
export function garbage(what: string): DeskError {
  return new DeskError('ENDPOINT_GARBAGE', {
    message: `The endpoint's answer makes no sense: ${what}.`,
    remedy: 'Check the address in the network profile, or use another endpoint.',
    retry: 'safe',
  });
}

export function chainIdMismatch(expected: number, found: bigint): DeskError {
  return new DeskError('CHAIN_ID_MISMATCH', {
    message: `The endpoint serves chain ${found}, but the network profile names chain ${expected}. Nothing was sent.`,
    remedy: 'Correct "chainId" or "rpcUrls" in the network profile.',
    retry: 'never',
  });
}

export function blockChanged(block: BlockRef): DeskError {
  return new DeskError('BLOCK_CHANGED', {
    message: `Block ${block.number} that was read is no longer part of the chain; what was read is discarded.`,
    remedy: 'Read again.',
    retry: 'safe',
  });
}

export function logScanFailed(fromBlock: number, toBlock: number, cause: unknown): DeskError {
  return new DeskError('LOG_SCAN_FAILED', {
    message: `The node does not answer the log query for blocks ${fromBlock} to ${toBlock}.`,
    remedy: 'Try again, or use an endpoint that answers eth_getLogs for 1,000 blocks at a time.',
    retry: 'safe',
    cause,
  });
}

export function chainClosed(): DeskError {
  return new DeskError('INTERRUPTED', {
    message: 'The connection to the chain was closed while an answer was awaited.',
    remedy: 'Look at where the recovery stands, then resume it.',
    retry: 'unsafe',
  });
}

const METHOD_MISSING = /method .*(not found|not available|not supported|does not exist)|unsupported method/i;

/** Whether the node does not know the method at all. */
export function isMethodMissing(error: unknown): boolean {
  return (
    error instanceof RpcError &&
    (error.rpcCode === -32601 || error.rpcCode === -32004 || METHOD_MISSING.test(error.nodeMessage))
  );
}

const BUSY =
  /rate.?limit|too many requests|throttl|capacity exceeded|compute units|indexing is in progress|server busy/i;

/** Whether the node only asks for patience. */
export function isBusy(error: unknown): boolean {
  return error instanceof RpcError && (error.rpcCode === 429 || BUSY.test(error.nodeMessage));
}
