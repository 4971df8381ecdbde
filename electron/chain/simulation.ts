/**
 * Runs calls one after another without sending them (eth_simulateV1). Nodes that hold to the block gas limit get
 * the calls spread over several simulated blocks; state carries from one to the next.
 * @see execution-apis eth_simulateV1
 */
import type { Address } from '../../shared/address.ts';
import type { Hex } from '../../shared/values.ts';
import type { Blocks } from './blocks.ts';
import { RpcError, blockChanged, garbage, isBusy, isMethodMissing } from './chain-errors.ts';
import type { Endpoints } from './endpoints.ts';
import type { BlockRef, ChainCall, LogEntry, SimulatedCall } from './types.ts';
import { address, array, bytes, hash, quantity, record, toQuantity } from './wire-values.ts';

/** Gas for one call; the largest known step takes a tenth of it. */
const GAS_PER_CALL = 5_000_000n;
/** geth takes 256 simulated blocks at the most. */
const MOST_BLOCKS = 250;
/** Limits that a node sets to a simulation: geth -38026 (blocks), its gas cap, -38015 (block gas limit). */
const OVER_LIMIT = /gas cap|limit|too (many|large)|not supported|unsupported/i;
const NO_TRANSACTION: Hex = `0x${'0'.repeat(64)}`;

/** A call, from an address of its own where it names one. */
type SentCall = ChainCall & { readonly from?: Address };

export interface Simulator {
  available(): Promise<boolean>;
  run(calls: readonly SentCall[], from: Address, at: BlockRef): Promise<readonly SimulatedCall[] | null>;
}

function readLog(value: unknown, at: BlockRef, logIndex: number): LogEntry {
  const log = record(value, 'a simulated log');
  return {
    address: address(log['address'], 'the address of a simulated log'),
    topics: array(log['topics'], 'the topics of a simulated log').map((topic) => hash(topic, 'a topic')),
    data: bytes(log['data'], 'the data of a simulated log'),
    // What never was in a block has no place there: the block that it was simulated on stands in.
    blockNumber: at.number,
    blockHash: at.hash,
    transactionHash: NO_TRANSACTION,
    logIndex,
  };
}

function readCall(value: unknown, at: BlockRef): SimulatedCall {
  const call = record(value, 'a simulated call');
  const logs = call['logs'] ?? [];
  return {
    ok: quantity(call['status'], 'the status of a simulated call') === 1n,
    gasUsed: quantity(call['gasUsed'], 'the gas of a simulated call'),
    returnData: bytes(call['returnData'], 'the result of a simulated call'),
    logs: array(logs, 'the logs of a simulated call').map((log, index) => readLog(log, at, index)),
  };
}

interface Spread {
  readonly perBlock: number;
  readonly gas: bigint;
}

/** How many calls fit a block, and the gas for each, so that no simulated block goes past the gas limit. */
export function spreadOver(callCount: number, blockGasLimit: bigint): Spread {
  const roomy = Number(blockGasLimit / GAS_PER_CALL);
  const perBlock = Math.max(1, Math.min(roomy, callCount), Math.ceil(callCount / MOST_BLOCKS));
  const share = blockGasLimit / BigInt(perBlock);
  return { perBlock, gas: share < GAS_PER_CALL ? share : GAS_PER_CALL };
}

function toBlocks(calls: readonly SentCall[], from: Address, { perBlock, gas }: Spread): readonly object[] {
  const blocks: object[] = [];
  for (let start = 0; start < calls.length; start += perBlock) {
    const part = calls.slice(start, start + perBlock);
    blocks.push({
      calls: part.map(({ to, data, from: own }) => ({ from: own ?? from, to, data, gas: toQuantity(gas) })),
    });
  }
  return blocks;
}

function readAnswer(answer: unknown, callCount: number, at: BlockRef): readonly SimulatedCall[] {
  const results = array(answer, 'the simulation').flatMap((simulated) =>
    array(record(simulated, 'a simulated block')['calls'], 'the simulated calls'),
  );
  if (results.length !== callCount) throw garbage('the simulation left calls out');
  return results.map((result) => readCall(result, at));
}

function isOverLimit(error: unknown): boolean {
  return error instanceof RpcError && !isBusy(error) && OVER_LIMIT.test(error.nodeMessage);
}

export function openSimulator(endpoints: Endpoints, blocks: Blocks): Simulator {
  let known: Promise<boolean> | null = null;

  async function probe(): Promise<boolean> {
    try {
      const payload = { blockStateCalls: [{ calls: [] }], validation: false };
      return Array.isArray(await endpoints.read('eth_simulateV1', [payload, 'latest']));
    } catch (error) {
      if (error instanceof RpcError) return false;
      throw error;
    }
  }

  async function available(): Promise<boolean> {
    known ??= probe();
    try {
      return await known;
    } catch (error) {
      known = null;
      throw error;
    }
  }

  async function run(
    calls: readonly SentCall[],
    from: Address,
    at: BlockRef,
  ): Promise<readonly SimulatedCall[] | null> {
    if (!(await available())) return null;
    if (calls.length === 0) return [];
    const block = await blocks.byHash(at.hash);
    if (block === null) throw blockChanged(at);
    const blockStateCalls = toBlocks(calls, from, spreadOver(calls.length, block.gasLimit));
    const payload = { blockStateCalls, validation: false };
    try {
      const answer = await endpoints.read('eth_simulateV1', [payload, toQuantity(at.number)]);
      await assertSame(at);
      return readAnswer(answer, calls.length, at);
    } catch (error) {
      if (isMethodMissing(error) || isOverLimit(error)) return null;
      if (error instanceof RpcError) await assertSame(at);
      throw error;
    }
  }

  /** The simulation named its block by number: that number must still mean the same block. */
  async function assertSame(at: BlockRef): Promise<void> {
    const now = await blocks.byNumber(at.number);
    if (now?.hash !== at.hash) throw blockChanged(at);
  }

  return { available, run };
}
