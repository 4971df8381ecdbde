/** Writes down what was seeded, in the form that the demo and tests read. */
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { PracticeSystem } from './deploy.ts';
import { PRACTICE_ROLES, practiceAddress } from './practice-keys.ts';
import { tokenNamed, unitsOf } from './practice-seed.ts';
import type { PracticeSeed, SeededPerson, SeededToken } from './practice-seed.ts';
import type { Holding } from './people.ts';
import { recordedWallets } from './person-wallets.ts';
import type { PersonWallets } from './person-wallets.ts';

export interface SeedFacts extends Pick<
  PracticeSeed,
  | 'chainId'
  | 'firstBlockHash'
  | 'fromBlock'
  | 'walletFactory'
  | 'plainToken'
  | 'contractWallet'
  | 'issuer'
  | 'formerIssuer'
> {
  readonly system: PracticeSystem;
  readonly tokens: ReadonlyMap<string, SeededToken>;
  readonly people: readonly PersonWallets[];
  readonly identities: ReadonlyMap<Address, string>;
}

export function describeSeed(facts: SeedFacts): PracticeSeed {
  const { system, tokens, people, identities, ...rest } = facts;
  return {
    version: 3,
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
  person: PersonWallets,
  tokens: ReadonlyMap<string, SeededToken>,
  identities: ReadonlyMap<Address, string>,
): SeededPerson {
  const { seed, lost, other, further } = person;
  const { id, name, country, situation, purpose } = seed;
  const described = (held: readonly Holding[]) => held.map((holding) => describeHolding(holding, tokens));
  const linked = situation === 'second_loss' || situation === 'mark_without_link' ? null : other;
  const identity = lost === null ? undefined : identities.get(lost.wallet);
  return {
    id,
    name,
    country,
    situation,
    purpose,
    shows: [...seed.shows],
    wallets: [...recordedWallets(person)],
    lostWallet: lost?.wallet ?? null,
    lostRole: lost?.role ?? null,
    linkedTo: linked?.wallet ?? null,
    linkedRole: linked?.role ?? null,
    oldIdentity: identity === undefined ? null : toAddress(identity),
    holdings: described(seed.holdings),
    further: further.map(({ holdings, ...wallet }) => ({ ...wallet, holdings: described(holdings) })),
  };
}

function describeHolding(
  { symbol, whole, frozen = 0n, addressFrozen = false }: Holding,
  tokens: ReadonlyMap<string, SeededToken>,
): SeededPerson['holdings'][number] {
  const token = tokenNamed(tokens, symbol);
  return {
    symbol,
    token: token.address,
    amount: unitsOf(token, whole).toString(),
    frozen: unitsOf(token, frozen).toString(),
    addressFrozen,
  };
}
