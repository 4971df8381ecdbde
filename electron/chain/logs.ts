/**
 * eth_getLogs over any range: where the node complains or takes too long, the range is halved down to 1,000
 * blocks; after some successes it grows again. What was learnt holds for the whole chain.
 */
import { DeskError } from '../../shared/errors.ts';
import { RpcError, isBusy, isMethodMissing, logScanFailed } from './chain-errors.ts';
import type { Endpoints } from './endpoints.ts';
import type { LogEntry, LogFilter } from './types.ts';
import { readLogs } from './wire-forms.ts';
import { toQuantity } from './wire-values.ts';

const SMALLEST_SPAN = 1_000;
const SUCCESSES_BEFORE_GROWTH = 4;

/** Whether a smaller range may do where this one failed. */
function mayBeTooMuch(error: unknown): boolean {
  if (error instanceof RpcError) return !isMethodMissing(error) && !isBusy(error);
  return (
    error instanceof DeskError && (error.code === 'ENDPOINT_TIMEOUT' || error.code === 'ENDPOINT_GARBAGE')
  );
}

function isNoAnswer(error: unknown): boolean {
  return error instanceof DeskError && !(error instanceof RpcError);
}

/** @returns a function that answers all logs of a filter in order of block and index. */
export function openLogReader(endpoints: Endpoints): (filter: LogFilter) => Promise<readonly LogEntry[]> {
  let span = Number.MAX_SAFE_INTEGER;
  let successes = 0;

  async function readRange(filter: LogFilter, fromBlock: number, toBlock: number): Promise<unknown> {
    const query = {
      ...(filter.address === undefined ? {} : { address: filter.address }),
      topics: filter.topics,
      fromBlock: toQuantity(fromBlock),
      toBlock: toQuantity(toBlock),
    };
    const patience = toBlock - fromBlock + 1 > SMALLEST_SPAN ? 'impatient' : 'patient';
    return endpoints.read('eth_getLogs', [query], patience);
  }

  /** Halves the span that failed. @throws LOG_SCAN_FAILED where it is as small as it gets. */
  async function shrink(failedFrom: number, failedTo: number, error: unknown): Promise<void> {
    const failedSpan = failedTo - failedFrom + 1;
    // A node that answers nothing at all is not helped by smaller ranges: this moves on to another, or throws.
    if (isNoAnswer(error)) await endpoints.read('eth_blockNumber', []);
    if (failedSpan <= SMALLEST_SPAN) throw logScanFailed(failedFrom, failedTo, error);
    span = Math.max(SMALLEST_SPAN, Math.floor(failedSpan / 2));
    successes = 0;
  }

  function grow(): void {
    successes += 1;
    if (successes % SUCCESSES_BEFORE_GROWTH === 0) span = Math.min(span * 2, Number.MAX_SAFE_INTEGER);
  }

  return async (filter) => {
    const found: LogEntry[] = [];
    let start = filter.fromBlock;
    while (start <= filter.toBlock) {
      const end = Math.min(filter.toBlock, start + span - 1);
      try {
        for (const log of readLogs(await readRange(filter, start, end))) found.push(log);
      } catch (error) {
        if (!mayBeTooMuch(error)) throw error;
        await shrink(start, end, error);
        continue;
      }
      if (end < filter.toBlock || span < Number.MAX_SAFE_INTEGER) grow();
      start = end + 1;
    }
    return found;
  };
}
