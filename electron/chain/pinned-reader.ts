/**
 * Reads that all name one block hash (EIP-1898). On a node that knows no such form they go by number, and
 * `assertStillCanonical` makes sure that the number meant the same block all along.
 */
import type { Address } from '../../shared/address.ts';
import { abortableDelay } from './abortable-delay.ts';
import type { Blocks } from './blocks.ts';
import { RpcError, blockChanged } from './chain-errors.ts';
import type { Endpoints } from './endpoints.ts';
import { asCallResult, refusalOf } from './reverts.ts';
import type { BlockRef, ChainCall, PinnedReader } from './types.ts';
import { bytes, quantity, smallQuantity, toQuantity } from './wire-values.ts';

/** How blocks are named to the node; learnt once, kept for all readers of a chain. */
export interface BlockNaming {
  byHash: boolean;
}

export interface PinnedReaderParts {
  readonly endpoints: Endpoints;
  readonly blocks: Blocks;
  readonly naming: BlockNaming;
  /** Repeats for an endpoint that has not seen the block yet. */
  readonly retries: number;
  readonly signal: AbortSignal;
}

const LAG_WAIT_MS = 200;
const OBJECT_REFUSED =
  /cannot unmarshal object|invalid (params|argument|block)|expected (a )?string|hex string|invalid type: map|\[object object\]|not supported|unsupported/i;
const BLOCK_UNKNOWN =
  /not (currently )?canonical|(header|block|resource)\b.{0,100}not found|could not be found|unknown block|blockoutofrange|^invalid input$/i;

function isUnknownBlock(error: unknown): boolean {
  return (
    error instanceof RpcError &&
    refusalOf(error) === null &&
    (error.rpcCode === -32001 || error.rpcCode === -39001 || BLOCK_UNKNOWN.test(error.nodeMessage))
  );
}

function refusesObject(error: unknown): boolean {
  return (
    error instanceof RpcError &&
    refusalOf(error) === null &&
    (error.rpcCode === -32602 || OBJECT_REFUSED.test(error.nodeMessage))
  );
}

export function openPinnedReader(block: BlockRef, parts: PinnedReaderParts): PinnedReader {
  const { endpoints, blocks, naming, retries, signal } = parts;
  const byHash = { blockHash: block.hash, requireCanonical: true };
  const byNumber = toQuantity(block.number);

  /** One read; where the node refuses the object form, the same read by number. */
  async function ask(method: string, params: readonly unknown[]): Promise<unknown> {
    if (!naming.byHash) return endpoints.read(method, [...params, byNumber]);
    try {
      return await endpoints.read(method, [...params, byHash]);
    } catch (error) {
      if (isUnknownBlock(error) || !refusesObject(error)) throw error;
    }
    const answer = await endpoints.read(method, [...params, byNumber]);
    naming.byHash = false;
    return answer;
  }

  async function assertStillCanonical(): Promise<void> {
    const now = await blocks.byNumber(block.number);
    if (now === null || now.hash !== block.hash) throw blockChanged(block);
  }

  /** An endpoint that does not know the block either lags behind, or the block is gone. */
  async function read(method: string, params: readonly unknown[]): Promise<unknown> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await ask(method, params);
      } catch (error) {
        if (!isUnknownBlock(error)) throw error;
        const now = await blocks.byNumber(block.number);
        if (attempt >= retries || (now !== null && now.hash !== block.hash)) throw blockChanged(block);
      }
      await abortableDelay(LAG_WAIT_MS, signal);
    }
  }

  return {
    block,
    calls(list: readonly ChainCall[], from?: Address) {
      const sender = from === undefined ? {} : { from };
      return Promise.all(
        list.map(({ to, data }) => asCallResult(read('eth_call', [{ ...sender, to, data }]))),
      );
    },
    async balance(address) {
      return quantity(await read('eth_getBalance', [address]), 'the balance');
    },
    async code(address) {
      return bytes(await read('eth_getCode', [address]), 'the code');
    },
    async nonce(address) {
      return smallQuantity(await read('eth_getTransactionCount', [address]), 'the transaction count');
    },
    assertStillCanonical,
  };
}
