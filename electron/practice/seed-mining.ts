/** While the network is set up, blocks are mined by hand: large ones, at once, whatever the node's block time is. */
import { setTimeout as wait } from 'node:timers/promises';
import { toQuantity } from 'ethers';
import type { JsonRpcApiProvider } from 'ethers';
import { z } from 'zod';

const PAUSE_MS = 5;
const LARGE_BLOCK = 10n ** 11n;
const blockSchema = z.object({ gasLimit: z.string() });

/** Runs the work with quick mining, then gives the node back its way (`blockTime` null: a block each transaction). */
export async function withQuickMining<T>(
  client: JsonRpcApiProvider,
  blockTime: number | null,
  work: () => Promise<T>,
): Promise<T> {
  const { gasLimit } = blockSchema.parse(await client.send('eth_getBlockByNumber', ['latest', false]));
  await client.send('evm_setAutomine', [false]);
  await client.send('evm_setBlockGasLimit', [toQuantity(LARGE_BLOCK)]);
  const stop = new AbortController();
  const miner = mineUntil(client, stop.signal);
  try {
    return await work();
  } finally {
    stop.abort();
    await miner;
    await client.send('evm_setBlockGasLimit', [gasLimit]);
    if (blockTime === null) await client.send('evm_setAutomine', [true]);
    else await client.send('evm_setIntervalMining', [blockTime]);
  }
}

/** Mines only what waits, so that an idle moment makes no blocks. */
async function mineUntil(client: JsonRpcApiProvider, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const status: unknown = await client.send('txpool_status', []);
    if (isWaiting(status)) await client.send('evm_mine', []);
    else await wait(PAUSE_MS);
  }
}

function isWaiting(status: unknown): boolean {
  return (
    typeof status === 'object' &&
    status !== null &&
    'pending' in status &&
    BigInt(String(status.pending)) > 0n
  );
}
