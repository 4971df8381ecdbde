import { JsonRpcProvider } from 'ethers';
import type { PracticeNetwork } from '../../electron/practice/practice-network.ts';

/** A provider of the test's own, beside everything of electron/. Whoever asks for it destroys it. */
export function practiceProvider({ node, seed }: Pick<PracticeNetwork, 'node' | 'seed'>): JsonRpcProvider {
  return new JsonRpcProvider(node.url, seed.chainId, {
    staticNetwork: true,
    cacheTimeout: -1,
    pollingInterval: 50,
  });
}
