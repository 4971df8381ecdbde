/** A chain over the real network room, for tests of the chain room. */
import { openChain } from '../../electron/chain/open-chain.ts';
import type { ChainOptions } from '../../electron/chain/open-chain.ts';
import type { Chain } from '../../electron/chain/types.ts';
import { openNetwork } from '../../electron/network/network.ts';
import type { Policy } from '../../shared/policy.ts';
import { DEFAULT_POLICY } from './default-policy.ts';

export interface TestChainOptions {
  readonly profile?: Partial<ChainOptions['profile']>;
  readonly policy?: Partial<Policy>;
}

export async function openTestChain(
  rpcUrls: readonly string[],
  { profile = {}, policy = {} }: TestChainOptions = {},
): Promise<Chain> {
  const whole = { ...DEFAULT_POLICY, requestTimeoutMs: 5_000, readRetries: 1, ...policy };
  const named = { chainId: 31337, rpcUrls: [...rpcUrls], ...profile };
  const network = openNetwork({ profile: named, policy: whole, profileDir: '.' });
  const chain = await openChain({ profile: named, policy: whole, network });
  return {
    ...chain,
    async close() {
      await chain.close();
      network.close();
    },
  };
}
