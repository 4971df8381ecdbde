/**
 * What the chain room offers: one chain through one or more endpoints, pinned reads, simulation, logs, sending.
 * It knows no token standard, holds no key, and never decides what is sent.
 */
import type { Address } from '../../shared/address.ts';
import type { Hex } from '../../shared/values.ts';

/** A block as reads are pinned to it. `time` in seconds since 1970. */
export interface BlockRef {
  readonly number: number;
  readonly hash: Hex;
  readonly time: number;
}

export interface ChainCall {
  readonly to: Address;
  readonly data: Hex;
}

/** What an eth_call answered. A revert is a value; no answer at all is a thrown DeskError. */
export type CallResult =
  | { readonly ok: true; readonly data: Hex }
  | { readonly ok: false; readonly revert: Hex; readonly message: string };

/** Reads that all name one block hash. @see EIP-1898 */
export interface PinnedReader {
  readonly block: BlockRef;
  /** eth_call of each, from `from` (default: zero address), in as few requests as the node allows; answers in order. */
  calls(list: readonly ChainCall[], from?: Address): Promise<readonly CallResult[]>;
  /** Wei. */
  balance(address: Address): Promise<bigint>;
  code(address: Address): Promise<Hex>;
  /** Count of mined transactions sent by the address at this block. */
  nonce(address: Address): Promise<number>;
  /** Throws BLOCK_CHANGED when the block is no longer canonical. Call after the last read. */
  assertStillCanonical(): Promise<void>;
}

export interface LogEntry {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: number;
}

/** eth_getLogs; a null topic matches any. */
export interface LogFilter {
  readonly address?: Address | readonly Address[];
  readonly topics: readonly (Hex | readonly Hex[] | null)[];
  readonly fromBlock: number;
  readonly toBlock: number;
}

export interface Receipt {
  readonly hash: Hex;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly from: Address;
  readonly succeeded: boolean;
  readonly gasUsed: bigint;
  /** Wei per gas. */
  readonly effectiveGasPrice: bigint;
  readonly logs: readonly LogEntry[];
}

/** Fees for one transaction in wei per gas; `legacy` is EIP-155, `eip1559` is type 2. */
export type FeeQuote =
  | { readonly kind: 'legacy'; readonly gasPrice: bigint }
  | { readonly kind: 'eip1559'; readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint };

export interface SimulatedCall {
  readonly ok: boolean;
  readonly gasUsed: bigint;
  readonly returnData: Hex;
  readonly logs: readonly LogEntry[];
}

/** What a broadcast came to. `known` when the node had it; `rejected` keeps the node's words and code. */
export type BroadcastResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'known' }
  | { readonly kind: 'nonce_too_low' }
  /** Another transaction waits at the nonce, and the fee does not replace it. */
  | { readonly kind: 'underpriced' }
  /** The fee is below what the node or the next block asks of any transaction. */
  | { readonly kind: 'fee_too_low' }
  | { readonly kind: 'insufficient_funds' }
  | { readonly kind: 'rejected'; readonly message: string };

export interface TransactionSeen {
  readonly hash: Hex;
  readonly from: Address;
  readonly nonce: number;
  readonly blockNumber: number | null;
}

export interface NonceView {
  /** Mined transactions of the sender at the latest block. */
  readonly latest: number;
  /** Mined and waiting in the node's pool. */
  readonly pending: number;
}

export interface Chain {
  readonly chainId: number;
  /** Throws CHAIN_ID_MISMATCH; called before anything else by `openChain`, and again on each reconnect. */
  assertChainId(): Promise<void>;
  head(): Promise<BlockRef>;
  blockByNumber(number: number): Promise<BlockRef | null>;
  /** The newest block whose contents count as final: per the profile `instant` (the head), `finalized` tag, or head - confirmations + 1. null while there is none. */
  finalHead(): Promise<BlockRef | null>;
  /** A reader pinned to the given block, default the head. */
  pin(block?: BlockRef): Promise<PinnedReader>;
  /** eth_call at the latest block, as `from` would send it. */
  staticCall(call: ChainCall, from: Address): Promise<CallResult>;
  /** eth_call at a block, to learn the reason of a mined revert. */
  replay(call: ChainCall, from: Address, blockNumber: number): Promise<CallResult>;
  /** eth_estimateGas at latest; a revert is a value. */
  estimateGas(
    call: ChainCall,
    from: Address,
  ): Promise<{ ok: true; gas: bigint } | Extract<CallResult, { ok: false }>>;
  /** Whether the node has eth_simulateV1 (probed once). */
  canSimulate(): Promise<boolean>;
  /**
   * Runs the calls one after another on top of `at`, each seeing the effects of those before, and each from the
   * address that it names itself. null where the node cannot.
   */
  simulate(
    calls: readonly (ChainCall & { readonly from?: Address })[],
    from: Address,
    at: BlockRef,
  ): Promise<readonly SimulatedCall[] | null>;
  fees(): Promise<FeeQuote>;
  nonces(address: Address): Promise<NonceView>;
  broadcast(raw: Hex): Promise<BroadcastResult>;
  receipts(hashes: readonly Hex[]): Promise<readonly (Receipt | null)[]>;
  transaction(hash: Hex): Promise<TransactionSeen | null>;
  /** One eth_getLogs, ranges split as the node demands, down to 1,000 blocks. */
  logs(filter: LogFilter): Promise<readonly LogEntry[]>;
  /** Resolves when a block after `number` is there, or rejects by the signal. Polls; no timer is left behind. */
  nextBlock(afterNumber: number, signal?: AbortSignal): Promise<BlockRef>;
  close(): Promise<void>;
}
