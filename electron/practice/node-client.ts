/** The practice room's own client of its own node; its connections are the network room's. */
import { JsonRpcApiProvider, Network } from 'ethers';
import type { JsonRpcPayload, JsonRpcResult } from 'ethers';
import { z } from 'zod';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { hash32Schema } from '../../shared/values.ts';
import type { Hex } from '../../shared/values.ts';
import { openNetwork } from '../network/network.ts';
import type { Network as Connections } from '../network/network.ts';

/** What tells one node from another. */
export interface NodeIdentity {
  readonly chainId: number;
  /**
   * Of block 1; null where there is none yet. Anvil makes a genesis block at every start, beside the one that its state
   * holds, and shows the one or the other as block 0.
   */
  readonly firstBlockHash: Hex | null;
  readonly accounts: readonly Address[];
}

const blockSchema = z.object({ hash: hash32Schema });

const LARGEST_ANSWER = 512 * 2 ** 20;
const DEADLINE_MS = 60_000;

/** Asks nothing by itself, sends what is due together in one request, and remembers no answer. */
export class NodeClient extends JsonRpcApiProvider {
  readonly #url: string;
  readonly #connections: Connections;

  constructor(url: string, chainId: number, timeoutMs = DEADLINE_MS) {
    const network = Network.from(chainId);
    super(network, { staticNetwork: network, batchMaxCount: 500, batchStallTime: 1, cacheTimeout: -1 });
    this.#url = url;
    this.#connections = openNetwork({
      profile: { rpcUrls: [url] },
      policy: { allowedHosts: null, allowPlainHttp: false, requestTimeoutMs: timeoutMs },
      profileDir: '.',
      maxResponseBytes: LARGEST_ANSWER,
    });
    this._start();
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    const answer = await this.#connections.postJson(this.#url, payload);
    return (Array.isArray(answer) ? answer : [answer]) as JsonRpcResult[];
  }

  override destroy(): void {
    this.#connections.close();
    super.destroy();
  }
}

/** A provider for the node at a loopback URL. Call `destroy` after use. */
export function nodeClient(url: string, chainId: number, timeoutMs = DEADLINE_MS): JsonRpcApiProvider {
  return new NodeClient(url, chainId, timeoutMs);
}

/** Makes block 1 on a chain without one. */
export async function makeFirstBlock(url: string): Promise<void> {
  const client = nodeClient(url, 1);
  try {
    await client.send('evm_mine', []);
  } finally {
    client.destroy();
  }
}

/** Who answers at the URL, or null when nobody does within the time. */
export async function askIdentity(url: string, timeoutMs: number): Promise<NodeIdentity | null> {
  const client = nodeClient(url, 1, timeoutMs);
  try {
    const [chainId, first, accounts]: unknown[] = await Promise.all([
      client.send('eth_chainId', []),
      client.send('eth_getBlockByNumber', ['0x1', false]),
      client.send('eth_accounts', []),
    ]);
    if (!Array.isArray(accounts)) return null;
    return {
      chainId: Number(chainId),
      firstBlockHash: blockSchema.nullable().parse(first)?.hash ?? null,
      accounts: accounts.map((account) => toAddress(String(account))),
    };
  } catch {
    return null;
  } finally {
    client.destroy();
  }
}
