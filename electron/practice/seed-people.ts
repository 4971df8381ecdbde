/** Puts each person into the situation that it is there to show: identities, registrations, claims, lost marks. */
import type { Address } from '../../shared/address.ts';
import { issueClaims, topicId } from './claims.ts';
import { createIdentities } from './deploy.ts';
import type { PracticeSystem } from './deploy.ts';
import { firstWallets, isSecondLoss, linkedWallets, walletsBeside } from './person-wallets.ts';
import type { PersonWallets } from './person-wallets.ts';
import { PRACTICE_ROLES, practiceAddress } from './practice-keys.ts';
import { tokenNamed } from './practice-seed.ts';
import type { SeededToken } from './practice-seed.ts';
import { openBatch } from './setup-batch.ts';
import type { PracticeSetup } from './setup-batch.ts';
import { CLAIM_TOPICS } from './tokens.ts';

const CLAIM_DATA = '0x01';

/** Wallets that belong to nobody in the participants file but are registered with an identity and claims. */
const EXTRA_REGISTERED = [PRACTICE_ROLES.accomplice, PRACTICE_ROLES.partFrozenReplacement];

/** Identities, registrations and claims, as before anything was lost. @returns each wallet's identity. */
export async function introducePeople(
  setup: PracticeSetup,
  system: PracticeSystem,
  people: readonly PersonWallets[],
  issuer: { readonly setup: PracticeSetup; readonly identity: string },
): Promise<ReadonlyMap<Address, string>> {
  const extras = EXTRA_REGISTERED.map(practiceAddress);
  const wallets = [...people.flatMap(firstWallets), ...people.flatMap(linkedWallets), ...extras];
  const created = await createIdentities(setup, system, wallets);
  const identities = new Map(wallets.map((wallet, index) => [wallet, created[index] ?? '']));

  const batch = await openBatch(setup);
  const register = (wallet: Address, identity: string | undefined, country: number) => {
    batch.call('IdentityRegistry', system.identityRegistry, 'registerIdentity', [wallet, identity, country]);
  };
  for (const person of people) {
    const { situation, country, id } = person.seed;
    if (situation === 'unregistered') continue;
    const withoutContract = situation === 'registered_without_contract';
    for (const wallet of firstWallets(person)) {
      const identity = withoutContract ? practiceAddress(`no-contract:${id}`) : identities.get(wallet);
      register(wallet, identity, country);
      for (const beside of walletsBeside(person)) register(beside.wallet, identity, country);
    }
  }
  for (const wallet of extras) register(wallet, identities.get(wallet), 756);
  await batch.settle();

  const subjects = [
    ...people.flatMap(firstWallets),
    ...people.filter(isSecondLoss).flatMap(linkedWallets),
    ...extras,
  ];
  await issueClaims(
    issuer.setup,
    subjects.flatMap((wallet) =>
      CLAIM_TOPICS.slice(0, 2).map((topic) => ({
        issuer: issuer.identity,
        subject: identities.get(wallet) ?? '',
        topic: topicId(topic),
        data: CLAIM_DATA,
      })),
    ),
  );
  return identities;
}

/** What happened to people before the desk meets them. Call after they hold their tokens. */
export async function playTheirPast(
  setup: PracticeSetup,
  system: PracticeSystem,
  people: readonly PersonWallets[],
  identities: ReadonlyMap<Address, string>,
  tokens: ReadonlyMap<string, SeededToken>,
): Promise<void> {
  const registry = system.identityRegistry;
  const batch = await openBatch(setup);
  for (const { seed, lost, other } of people) {
    if (lost === null || other === null) continue;
    const secondLoss = seed.situation === 'second_loss';
    const [from, to] = secondLoss ? [other.wallet, lost.wallet] : [lost.wallet, other.wallet];
    batch.call('IdentityRegistry', registry, 'recoverIdentity', [from, to, identities.get(to)]);
    for (const { symbol } of secondLoss ? seed.holdings : []) {
      batch.call('SecurityToken', tokenNamed(tokens, symbol).address, 'forcedRecoverTokens', [from, to]);
    }
    if (seed.situation !== 'mark_without_link') continue;
    batch.call('IdentityRegistry', registry, 'registerIdentity', [from, identities.get(from), seed.country]);
    batch.call('IdentityRegistry', registry, 'deleteIdentity', [from]);
  }
  await batch.settle();
}
