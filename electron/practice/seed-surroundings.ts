/** What stands around people and tokens: operators and their rights, funds, and contracts beside the system. */
import { toQuantity } from 'ethers';
import type { JsonRpcApiProvider } from 'ethers';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { deployContract, grantRoles } from './deploy.ts';
import type { PracticeSystem } from './deploy.ts';
import { DEMO_PERSON, PEOPLE } from './people.ts';
import { PRACTICE_ROLES, lostWalletRole, practiceAddress } from './practice-keys.ts';
import { tokenNamed } from './practice-seed.ts';
import type { SeededToken } from './practice-seed.ts';
import type { PersonWallets } from './person-wallets.ts';
import { openBatch } from './setup-batch.ts';
import type { PracticeSetup } from './setup-batch.ts';

const COIN = 10n ** 18n;
const FUNDS: readonly (readonly [role: string, wei: bigint])[] = [
  [PRACTICE_ROLES.operator, 100n * COIN],
  [PRACTICE_ROLES.identityManager, 100n * COIN],
  [PRACTICE_ROLES.custodian, 100n * COIN],
  [PRACTICE_ROLES.operatorWithoutRole, 100n * COIN],
  [PRACTICE_ROLES.custodianAdmin, 100n * COIN],
  [PRACTICE_ROLES.issuer, 100n * COIN],
  [PRACTICE_ROLES.formerIssuer, 100n * COIN],
  [PRACTICE_ROLES.accomplice, COIN],
  [PRACTICE_ROLES.contractWalletOwner, COIN],
  [PRACTICE_ROLES.operatorWithoutFunds, 0n],
];

export async function grantOperators(setup: PracticeSetup, system: PracticeSystem): Promise<void> {
  const { operator, identityManager, operatorWithoutFunds } = PRACTICE_ROLES;
  const operators = [operator, identityManager, operatorWithoutFunds];
  const role = 'IDENTITY_MANAGER_ROLE';
  const grants = operators.map((name) => ({ role, account: practiceAddress(name) }));
  await grantRoles(setup, system.accessManager, grants);
}

/** Native coin; the set-up leaves no other trace of it. */
export async function fundWallets(
  client: JsonRpcApiProvider,
  people: readonly PersonWallets[],
): Promise<void> {
  const personal = people
    .filter(({ seed }) => seed.situation !== 'operator')
    .flatMap(({ seed, lost }) => (lost === null ? [] : [[lost.wallet, seed.native] as const]));
  const functional = FUNDS.map(([role, wei]) => [practiceAddress(role), wei] as const);
  await Promise.all(
    [...personal, ...functional].map(([wallet, wei]) =>
      client.send('anvil_setBalance', [wallet, toQuantity(wei)]),
    ),
  );
}

/** A token no system knows, a contract wallet, and a replacement that is frozen on one token. */
export async function seedSurroundings(
  setup: PracticeSetup,
  tokens: ReadonlyMap<string, SeededToken>,
): Promise<{ readonly plainToken: Address; readonly contractWallet: Address }> {
  const owner = practiceAddress(PRACTICE_ROLES.contractWalletOwner);
  const plainToken = await deployContract(setup, 'PlainToken', ['Harvest Points', 'HVST']);
  const contractWallet = await deployContract(setup, 'ContractWallet', [owner]);
  const demo = PEOPLE.find(({ id }) => id === DEMO_PERSON);
  const batch = await openBatch(setup);
  const holder = practiceAddress(lostWalletRole(DEMO_PERSON));
  batch.call('PlainToken', plainToken, 'mint', [holder, demo?.plainUnits ?? 0n]);
  const frozen = practiceAddress(PRACTICE_ROLES.frozenReplacement);
  batch.call('SecurityToken', tokenNamed(tokens, 'EURQ').address, 'setAddressFrozen', [frozen, true]);
  await batch.settle();
  return { plainToken: toAddress(plainToken), contractWallet: toAddress(contractWallet) };
}
