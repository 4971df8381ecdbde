/**
 * The chain room: one chain through its endpoints; pinned reads, simulation, logs, sending.
 * It must never open a connection itself, hold a key, know a token standard, or decide what is sent.
 */
import type { NetworkProfile } from '../../shared/network-profile.ts';
import type { Policy } from '../../shared/policy.ts';
import { finalityOf, openBlocks } from './blocks.ts';
import { chainClosed } from './chain-errors.ts';
import { openEndpoints } from './endpoints.ts';
import { quoteFees } from './fees.ts';
import { openLogReader } from './logs.ts';
import type { Network } from './needs.ts';
import { openPinnedReader } from './pinned-reader.ts';
import { asCallResult, refusalOf } from './reverts.ts';
import { broadcast } from './sending.ts';
import { openSimulator } from './simulation.ts';
import { fetchNonces, fetchReceipt, fetchTransaction } from './transactions.ts';
import type { Chain } from './types.ts';
import { toBlockRef } from './wire-forms.ts';
import { quantity, toQuantity } from './wire-values.ts';

export interface ChainOptions {
  readonly profile: Pick<NetworkProfile, 'chainId' | 'rpcUrls' | 'finality' | 'confirmations' | 'fees'>;
  readonly policy: Pick<Policy, 'readRetries' | 'confirmations'>;
  readonly network: Network;
  /** Gives up the opening; once it is open only `close` ends it. */
  readonly giveUp?: AbortSignal;
}

/**
 * Opens a chain and makes sure that it is the one the profile names.
 * @throws DeskError CHAIN_ID_MISMATCH, ENDPOINT_*, HOST_NOT_ALLOWED, INTERRUPTED.
 */
export async function openChain({ profile, policy, network, giveUp }: ChainOptions): Promise<Chain> {
  const closing = new AbortController();
  const { signal } = closing;
  const endpoints = openEndpoints({
    urls: profile.rpcUrls,
    chainId: profile.chainId,
    readRetries: policy.readRetries,
    network,
    signal,
  });
  const blocks = openBlocks(endpoints, finalityOf(profile, policy.confirmations), signal);
  const simulator = openSimulator(endpoints, blocks);
  const logs = openLogReader(endpoints);
  const reading = { endpoints, blocks, naming: { byHash: true }, retries: policy.readRetries, signal };

  const drop = (): void => closing.abort(chainClosed());
  giveUp?.addEventListener('abort', drop, { once: true });
  if (giveUp?.aborted === true) drop();
  try {
    await endpoints.assertChainId();
  } finally {
    giveUp?.removeEventListener('abort', drop);
  }

  return {
    chainId: profile.chainId,
    assertChainId: () => endpoints.assertChainId(),
    head: async () => toBlockRef(await blocks.latest()),
    blockByNumber: (number) => blocks.byNumber(number),
    finalHead: () => blocks.final(),
    pin: async (block) => openPinnedReader(block ?? toBlockRef(await blocks.latest()), reading),
    staticCall: (call, from) =>
      asCallResult(endpoints.read('eth_call', [{ from, to: call.to, data: call.data }, 'latest'])),
    replay: (call, from, blockNumber) =>
      asCallResult(
        endpoints.read('eth_call', [{ from, to: call.to, data: call.data }, toQuantity(blockNumber)]),
      ),
    async estimateGas(call, from) {
      try {
        const answer = await endpoints.read('eth_estimateGas', [
          { from, to: call.to, data: call.data },
          'latest',
        ]);
        return { ok: true, gas: quantity(answer, 'the gas estimate') };
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        return refusal;
      }
    },
    canSimulate: () => simulator.available(),
    simulate: (calls, from, at) => simulator.run(calls, from, at),
    fees: () => quoteFees(endpoints, blocks, profile.fees ?? 'auto'),
    nonces: (address) => fetchNonces(endpoints, address),
    broadcast: (raw) => broadcast(endpoints, raw),
    receipts: (hashes) => Promise.all(hashes.map((hash) => fetchReceipt(endpoints, hash))),
    transaction: (hash) => fetchTransaction(endpoints, hash),
    logs,
    nextBlock: (afterNumber, signal) => blocks.next(afterNumber, signal),
    async close() {
      closing.abort(chainClosed());
    },
  };
}
