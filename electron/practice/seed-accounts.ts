/** The factory of smart accounts, and the accounts that people have from it. */
import { getCreate2Address, keccak256, toBeHex } from 'ethers';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { creationCode } from './contract-artifacts.ts';
import type { PracticePersonSeed } from './people.ts';
import { accountOwners } from './person-wallets.ts';
import type { Accounts } from './person-wallets.ts';
import { practiceAddress } from './practice-keys.ts';
import { openBatch } from './setup-batch.ts';
import type { PracticeSetup } from './setup-batch.ts';

const SALT = 0n;

/** Deploys the factory and has it make the accounts of all people. */
export async function seedAccounts(
  setup: PracticeSetup,
  people: readonly PracticePersonSeed[],
): Promise<{ readonly walletFactory: Address; readonly accounts: Accounts }> {
  const batch = await openBatch(setup);
  const walletFactory = batch.deploy('AccountFactory');
  const owners = people.flatMap(accountOwners);
  for (const owner of owners) {
    batch.call('AccountFactory', walletFactory, 'createAccount', [practiceAddress(owner), SALT]);
  }
  await batch.settle();
  const accountOf = (owner: string): Address => {
    const creation = creationCode(setup.artifacts, 'ContractWallet', [practiceAddress(owner)]);
    return toAddress(getCreate2Address(walletFactory, toBeHex(SALT, 32), keccak256(creation)));
  };
  return {
    walletFactory: toAddress(walletFactory),
    accounts: new Map(owners.map((owner) => [owner, accountOf(owner)])),
  };
}
