/** Blocks: the head, one by number, the newest final one, and waiting for the next. */
import type { NetworkProfile } from '../../shared/network-profile.ts';
import { abortableDelay } from './abortable-delay.ts';
import { RpcError, garbage } from './chain-errors.ts';
import type { Endpoints } from './endpoints.ts';
import type { BlockRef } from './types.ts';
import { readBlock, toBlockRef } from './wire-forms.ts';
import type { WireBlock } from './wire-forms.ts';
import { toQuantity } from './wire-values.ts';
import type { Hex } from '../../shared/values.ts';

const SHORTEST_POLL_MS = 50;
const FIRST_POLL_LONGEST_MS = 500;
const LONGEST_POLL_MS = 2_000;
const POLL_GROWTH = 1.5;
/** A node in the neighbourhood answers quickly and is asked often. */
const POLL_PER_ROUND_TRIP = 10;

/** Wordings for a `finalized` tag that has no block yet, or a number past the head. */
const NO_SUCH_BLOCK = /(block|header) not found|unknown block|blockoutofrange|out of range/i;

export interface Blocks {
  latest(): Promise<WireBlock>;
  byNumber(number: number): Promise<BlockRef | null>;
  byHash(hash: Hex): Promise<WireBlock | null>;
  final(): Promise<BlockRef | null>;
  next(afterNumber: number, signal?: AbortSignal): Promise<BlockRef>;
}

export type Finality =
  | { readonly kind: 'instant' }
  | { readonly kind: 'finalized' }
  | { readonly kind: 'confirmations'; readonly count: number };

/** The finality that a profile names, else the policy's count of confirmations. */
export function finalityOf(
  profile: Pick<NetworkProfile, 'finality' | 'confirmations'>,
  policyConfirmations: number,
): Finality {
  if (profile.finality !== undefined) return { kind: profile.finality };
  return { kind: 'confirmations', count: profile.confirmations ?? policyConfirmations };
}

function isMissingBlock(error: unknown): boolean {
  return error instanceof RpcError && (error.rpcCode === -39001 || NO_SUCH_BLOCK.test(error.nodeMessage));
}

export function openBlocks(endpoints: Endpoints, finality: Finality, closing: AbortSignal): Blocks {
  async function byTag(tag: string): Promise<WireBlock | null> {
    try {
      return readBlock(await endpoints.read('eth_getBlockByNumber', [tag, false]));
    } catch (error) {
      if (isMissingBlock(error)) return null;
      throw error;
    }
  }

  async function latest(): Promise<WireBlock> {
    const block = await byTag('latest');
    if (block === null) throw garbage('the node has no latest block');
    return block;
  }

  async function byNumber(number: number): Promise<BlockRef | null> {
    const block = await byTag(toQuantity(number));
    if (block !== null && block.number !== number) throw garbage('it holds another block than asked for');
    return block === null ? null : toBlockRef(block);
  }

  async function final(): Promise<BlockRef | null> {
    if (finality.kind === 'finalized') {
      const block = await byTag('finalized');
      return block === null ? null : toBlockRef(block);
    }
    const head = await latest();
    if (finality.kind === 'instant') return toBlockRef(head);
    const number = head.number - finality.count + 1;
    return number < 0 ? null : byNumber(number);
  }

  async function poll(afterNumber: number, signal: AbortSignal): Promise<BlockRef> {
    let interval: number | null = null;
    for (;;) {
      const asked = performance.now();
      const head = await latest();
      signal.throwIfAborted();
      if (head.number > afterNumber) return toBlockRef(head);
      const roundTrip = performance.now() - asked;
      const first = Math.min(
        Math.max(roundTrip * POLL_PER_ROUND_TRIP, SHORTEST_POLL_MS),
        FIRST_POLL_LONGEST_MS,
      );
      interval = interval === null ? first : Math.min(interval * POLL_GROWTH, LONGEST_POLL_MS);
      await abortableDelay(interval, signal);
    }
  }

  return {
    latest,
    byNumber,
    async byHash(hash) {
      const block = readBlock(await endpoints.read('eth_getBlockByHash', [hash, false]));
      if (block !== null && block.hash !== hash) throw garbage('it holds another block than asked for');
      return block;
    },
    final,
    next(afterNumber, signal) {
      const either = signal === undefined ? closing : AbortSignal.any([signal, closing]);
      return new Promise((resolve, reject) => {
        const giveUp = (): void => reject(either.reason);
        if (either.aborted) return giveUp();
        either.addEventListener('abort', giveUp, { once: true });
        return void poll(afterNumber, either)
          .then(resolve, reject)
          .finally(() => either.removeEventListener('abort', giveUp));
      });
    },
  };
}
