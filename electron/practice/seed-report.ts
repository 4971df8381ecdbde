/** Writes down what was seeded, in the form that the demo and tests read. */
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { PracticeSystem } from './deploy.ts';
import { PRACTICE_ROLES, practiceAddress } from './practice-keys.ts';
import { tokenNamed, unitsOf } from './practice-seed.ts';
import type { PracticeSeed, SeededPerson, SeededToken } from './practice-seed.ts';
import type { PersonWallets } from './person-wallets.ts';

export interface SeedFacts extends Pick<
  PracticeSeed,
  'chainId' | 'firstBlockHash' | 'fromBlock' | 'plainToken' | 'contractWallet' | 'issuer' | 'formerIssuer'
> {
  readonly system: PracticeSystem;
  readonly tokens: ReadonlyMap<string, SeededToken>;
  readonly people: readonly PersonWallets[];
  readonly identities: ReadonlyMap<Address, string>;
}

export function describeSeed(facts: SeedFacts): PracticeSeed {
  const { system, tokens, people, identities, ...rest } = facts;
  return {
    version: 2,
    ...rest,
    contracts: {
      system: toAddress(system.system),
      accessManager: toAddress(system.accessManager),
      identityRegistry: toAddress(system.identityRegistry),
      identityRegistryStorage: toAddress(system.identityRegistryStorage),
      identityFactory: toAddress(system.identityFactory),
      trustedIssuersRegistry: toAddress(system.trustedIssuersRegistry),
      topicSchemeRegistry: toAddress(system.topicSchemeRegistry),
      tokenFactoryRegistry: toAddress(system.tokenFactoryRegistry),
      identityVerificationModule: toAddress(system.identityVerificationModule),
      lockUpModule: toAddress(system.lockUpModule),
    },
    roles: Object.fromEntries(Object.values(PRACTICE_ROLES).map((role) => [role, practiceAddress(role)])),
    tokens: [...tokens.values()],
    people: people.map((person) => describePerson(person, tokens, identities)),
  };
}

function describePerson(
  { seed, lost, other }: PersonWallets,
  tokens: ReadonlyMap<string, SeededToken>,
  identities: ReadonlyMap<Address, string>,
): SeededPerson {
  const { id, name, country, situation, purpose } = seed;
  const secondLoss = situation === 'second_loss';
  const wallets = secondLoss ? [other, lost] : [lost];
  const linked = secondLoss || situation === 'mark_without_link' ? null : other;
  const identity = lost === null ? undefined : identities.get(lost.wallet);
  return {
    id,
    name,
    country,
    situation,
    purpose,
    shows: [...seed.shows],
    wallets: wallets.flatMap((entry) => (entry === null ? [] : [entry.wallet])),
    lostWallet: lost?.wallet ?? null,
    lostRole: lost?.role ?? null,
    linkedTo: linked?.wallet ?? null,
    linkedRole: linked?.role ?? null,
    oldIdentity: identity === undefined ? null : toAddress(identity),
    holdings: seed.holdings.map((holding) => {
      const token = tokenNamed(tokens, holding.symbol);
      return {
        symbol: holding.symbol,
        token: token.address,
        amount: unitsOf(token, holding.whole).toString(),
        frozen: unitsOf(token, holding.frozen ?? 0n).toString(),
        addressFrozen: holding.addressFrozen ?? false,
      };
    }),
  };
}
