/** Creates the practice tokens, hands them out, and puts each into the condition that it is there to show. */
import { createTokens, mintTokens } from './deploy.ts';
import type { CreatedToken, PracticeSystem, RoleGrant } from './deploy.ts';
import { topicId } from './claims.ts';
import { toAddress } from '../../shared/address.ts';
import { PRACTICE_ROLES, practiceAddress } from './practice-keys.ts';
import type { Holding } from './people.ts';
import { tokenNamed, unitsOf } from './practice-seed.ts';
import type { SeededToken } from './practice-seed.ts';
import { allotted } from './person-wallets.ts';
import type { PersonWallets } from './person-wallets.ts';
import { openBatch } from './setup-batch.ts';
import type { PracticeSetup } from './setup-batch.ts';
import { LOCK_UP_SECONDS } from './tokens.ts';
import type { PracticeTokenSeed } from './tokens.ts';

const PART_FROZEN_HOLDING: Holding = { symbol: 'CHFQ', whole: 50n, frozen: 20n };

/** Creates the tokens. @returns them by symbol, in the order given. */
export async function seedTokens(
  setup: PracticeSetup,
  system: PracticeSystem,
  seeds: readonly PracticeTokenSeed[],
  people: readonly PersonWallets[],
): Promise<ReadonlyMap<string, SeededToken>> {
  const admin = practiceAddress(PRACTICE_ROLES.custodianAdmin);
  const orders = seeds.map((seed) => ({
    factory: seed.kind,
    name: seed.name,
    symbol: seed.symbol,
    decimals: seed.decimals,
    admin,
    grants: [...grantsOf(seed), ...personalGrants(seed, people)],
    requiredTopics: seed.requiredTopics.map(topicId),
    ...(seed.condition === 'lock_up' ? { lockUpSeconds: LOCK_UP_SECONDS } : {}),
  }));
  const created = await createTokens(setup, system, orders);
  return new Map(seeds.map((seed, index) => [seed.symbol, seededToken(seed, created[index])]));
}

function grantsOf({ condition }: PracticeTokenSeed): readonly RoleGrant[] {
  const platform = practiceAddress(PRACTICE_ROLES.platformAdmin);
  const custodian = practiceAddress(PRACTICE_ROLES.custodianAdmin);
  const operators = [PRACTICE_ROLES.operator, PRACTICE_ROLES.operatorWithoutFunds];
  const others = condition === 'operator_is_no_custodian' ? [] : operators;
  return [
    { role: 'SUPPLY_MANAGEMENT_ROLE', account: platform },
    ...[platform, custodian].flatMap((account) => [
      { role: 'CUSTODIAN_ROLE', account },
      { role: 'EMERGENCY_ROLE', account },
    ]),
    ...[PRACTICE_ROLES.custodian, ...others].map((role) => ({
      role: 'CUSTODIAN_ROLE',
      account: practiceAddress(role),
    })),
  ];
}

/** Roles that people hold with the wallet that they lost. */
function personalGrants(
  { symbol }: PracticeTokenSeed,
  people: readonly PersonWallets[],
): readonly RoleGrant[] {
  return people.flatMap(({ seed: { tokenRoles = [] }, lost }) =>
    tokenRoles.flatMap(({ role, symbol: on }) =>
      lost !== null && on === symbol ? [{ role, account: lost.wallet }] : [],
    ),
  );
}

function seededToken(seed: PracticeTokenSeed, created: CreatedToken | undefined): SeededToken {
  if (created === undefined) throw new Error(`The token ${seed.symbol} was not created.`);
  const { symbol, name, kind, decimals, condition, shows } = seed;
  const address = toAddress(created.token);
  const accessManager = toAddress(created.accessManager);
  return { symbol, name, kind, decimals, condition, shows, address, accessManager };
}

/** Mints what each wallet shall hold, then freezes and pauses. Every wallet must be able to receive by now. */
export async function allotAll(
  setup: PracticeSetup,
  tokens: ReadonlyMap<string, SeededToken>,
  people: readonly PersonWallets[],
): Promise<void> {
  const personal = people.flatMap(allotted);
  const partFrozen = {
    wallet: practiceAddress(PRACTICE_ROLES.partFrozenReplacement),
    holding: PART_FROZEN_HOLDING,
  };
  const allotments = [...personal, partFrozen].map(({ wallet, holding }) => ({
    wallet,
    holding,
    token: tokenNamed(tokens, holding.symbol),
  }));
  const mints = allotments.map(({ wallet, holding, token }) => ({
    token: token.address,
    to: wallet,
    amount: unitsOf(token, holding.whole),
  }));
  await mintTokens(setup, mints);

  const batch = await openBatch(setup);
  for (const { wallet, holding, token } of allotments) {
    if (holding.frozen !== undefined) {
      const frozen = unitsOf(token, holding.frozen);
      batch.call('SecurityToken', token.address, 'freezePartialTokens', [wallet, frozen]);
    }
    if (holding.addressFrozen === true) {
      batch.call('SecurityToken', token.address, 'setAddressFrozen', [wallet, true]);
    }
  }
  for (const { address, condition } of tokens.values()) {
    if (condition === 'paused') batch.call('SecurityToken', address, 'pause', []);
  }
  await batch.settle();
}
