/**
 * A log scan that remembers how far it came. Only what lies at or below the final head is kept, with the hash of
 * its last block: a hash that is no longer canonical discards all that was kept.
 */
import { DeskError } from '../../shared/errors.ts';
import type { ScanMemory, ScannedLogs } from './needs.ts';
import type { BlockRef, Chain, LogEntry, LogFilter } from './types.ts';

const SMALLEST_CHUNK = 10_000;
/** Progress is kept at most this often, however long the range. */
const CHUNKS = 20;

export interface LogScan {
  readonly chain: Pick<Chain, 'blockByNumber' | 'finalHead' | 'logs'>;
  readonly memory: ScanMemory;
  /** Names chain, filter and `fromBlock`: another scan never has the same key. */
  readonly key: string;
  readonly filter: Pick<LogFilter, 'address' | 'topics'>;
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly onProgress?: ((scannedTo: number, toBlock: number) => void) | undefined;
}

async function recall({ chain, memory, key }: LogScan): Promise<ScannedLogs | null> {
  const kept = memory.load(key);
  if (kept === null) return null;
  const block = await chain.blockByNumber(kept.scannedTo);
  return block?.hash === kept.scannedHash ? kept : null;
}

async function blockAt(chain: LogScan['chain'], number: number): Promise<BlockRef> {
  const block = await chain.blockByNumber(number);
  if (block !== null) return block;
  throw new DeskError('LOG_SCAN_FAILED', {
    message: `The node does not have block ${number} yet, so its logs cannot be relied on.`,
    remedy: 'Try again when the node has caught up.',
    retry: 'safe',
  });
}

/** The logs of a range whose last block stayed the same while it was read. @throws BLOCK_CHANGED when it did not. */
async function readSettled(
  scan: LogScan,
  fromBlock: number,
  toBlock: number,
): Promise<[readonly LogEntry[], BlockRef]> {
  const before = await blockAt(scan.chain, toBlock);
  const logs = await scan.chain.logs({ ...scan.filter, fromBlock, toBlock });
  const after = await blockAt(scan.chain, toBlock);
  if (before.hash === after.hash) return [logs, after];
  throw new DeskError('BLOCK_CHANGED', {
    message: `Block ${toBlock} was replaced while logs were read; what was read is discarded.`,
    remedy: 'Read again.',
    retry: 'safe',
  });
}

/**
 * All logs of the filter in `fromBlock..toBlock`, from memory as far as it reaches.
 * @throws DeskError LOG_SCAN_FAILED, BLOCK_CHANGED, ENDPOINT_*; what was kept before stays kept.
 */
export async function scanLogs(scan: LogScan): Promise<readonly LogEntry[]> {
  const { chain, memory, key, fromBlock, toBlock, onProgress } = scan;
  const kept = await recall(scan);
  let logs: readonly LogEntry[] = kept?.logs ?? [];
  let scannedTo = kept?.scannedTo ?? fromBlock - 1;
  const final = Math.min((await chain.finalHead())?.number ?? -1, toBlock);
  const chunk = Math.max(SMALLEST_CHUNK, Math.ceil((toBlock - scannedTo) / CHUNKS));

  while (scannedTo < toBlock) {
    const limit = scannedTo < final ? final : toBlock;
    const end = Math.min(limit, scannedTo + chunk);
    const [more, last] = await readSettled(scan, scannedTo + 1, end);
    logs = [...logs, ...more];
    scannedTo = end;
    if (end <= final) memory.save(key, { scannedTo, scannedHash: last.hash, logs });
    onProgress?.(scannedTo, toBlock);
  }
  return logs.filter((log) => log.blockNumber >= fromBlock && log.blockNumber <= toBlock);
}
