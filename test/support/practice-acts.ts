/** What others do on a practice network while a desk works: administrators, custodians, holders, strangers. */
import { Wallet, toQuantity } from 'ethers';
import type { JsonRpcProvider } from 'ethers';
import { findArtifacts } from '../../electron/practice/artifacts-file.ts';
import { readArtifacts } from '../../electron/practice/contract-artifacts.ts';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import type { SeededToken } from '../../electron/practice/practice-seed.ts';
import { openBatch } from '../../electron/practice/setup-batch.ts';
import type { PracticeSetup } from '../../electron/practice/setup-batch.ts';
import type { PracticeDesk } from './practice-desk.ts';

const PLENTY = toQuantity(10n ** 21n);

export interface PracticeActs {
  /** Sends one call as a practice role, and waits until it is mined. */
  act(role: string, contract: string, at: string, method: string, args: readonly unknown[]): Promise<void>;
  deploy(role: string, contract: string, args?: readonly unknown[]): Promise<string>;
  token(symbol: string): SeededToken;
  /** A setup of that role, for the functions of electron/practice/deploy.ts. */
  setupOf(role: string): Promise<PracticeSetup>;
}

/** Acts through a provider of the test's own. Whoever acts is given funds first. */
export function practiceActs({
  network,
  provider,
}: Pick<PracticeDesk, 'network' | 'provider'>): PracticeActs {
  const setupOf = async (role: string): Promise<PracticeSetup> => {
    await provider.send('anvil_setBalance', [practiceAddress(role), PLENTY]);
    const artifacts = await readArtifacts(findArtifacts());
    return { signer: new Wallet(practiceKey(role), provider), artifacts };
  };
  return {
    setupOf,
    async act(role, contract, at, method, args) {
      const batch = await openBatch(await setupOf(role));
      batch.call(contract, at, method, args);
      await batch.settle();
    },
    async deploy(role, contract, args = []) {
      const batch = await openBatch(await setupOf(role));
      const address = batch.deploy(contract, args);
      await batch.settle();
      return address;
    },
    token(symbol) {
      const found = network.seed.tokens.find((token) => token.symbol === symbol);
      if (found === undefined) throw new Error(`no practice token ${symbol}`);
      return found;
    },
  };
}

/** Transactions that an address has sent, also those waiting. */
export function sentBy(provider: JsonRpcProvider, address: string): Promise<number> {
  return provider.getTransactionCount(address, 'pending');
}
