/** Which wallets a seeded person has, and in which order they came. */
import type { Address } from '../../shared/address.ts';
import type { FurtherWallet, Holding, PracticePersonSeed } from './people.ts';
import {
  PRACTICE_ROLES,
  furtherWalletRole,
  lostWalletRole,
  otherWalletRole,
  practiceAddress,
} from './practice-keys.ts';

/** A wallet, with the role whose key signs for it. */
export interface HeldWallet {
  readonly role: string;
  readonly wallet: Address;
}

export interface FurtherHeldWallet extends HeldWallet, Pick<FurtherWallet, 'kind' | 'holdings'> {
  /** `lost_before`: recovered to the wallet that is lost now. */
  readonly says: FurtherWallet['says'] | 'lost_before';
}

/** The wallets of one person on the practice network. */
export interface PersonWallets {
  readonly seed: PracticePersonSeed;
  readonly lost: HeldWallet | null;
  /** Where a standing link leads; for a second loss the wallet that was lost first. */
  readonly other: HeldWallet | null;
  /** The person's wallets beside the lost one. */
  readonly further: readonly FurtherHeldWallet[];
}

/** Smart accounts by the role of their owner. */
export type Accounts = ReadonlyMap<string, Address>;

const WITH_OTHER_WALLET = new Set([
  'recovered_elsewhere',
  'half_recovered',
  'second_loss',
  'mark_without_link',
]);

function keyWallet(role: string): HeldWallet {
  return { role, wallet: practiceAddress(role) };
}

/** The roles that own a person's smart accounts. */
export function accountOwners({ id, further = [] }: PracticePersonSeed): readonly string[] {
  return further.flatMap(({ kind, label }) => (kind === 'account' ? [furtherWalletRole(id, label)] : []));
}

export function walletsOf(seed: PracticePersonSeed, accounts: Accounts): PersonWallets {
  if (seed.situation === 'no_wallet') return { seed, lost: null, other: null, further: [] };
  const lost = keyWallet(seed.situation === 'operator' ? PRACTICE_ROLES.operator : lostWalletRole(seed.id));
  const other = WITH_OTHER_WALLET.has(seed.situation) ? keyWallet(otherWalletRole(seed.id)) : null;
  const before: readonly FurtherHeldWallet[] =
    seed.situation === 'second_loss' && other !== null
      ? [{ ...other, kind: 'key', says: 'lost_before', holdings: seed.leftBehind ?? [] }]
      : [];
  const further = (seed.further ?? []).map(({ label, kind, says, holdings }): FurtherHeldWallet => {
    const key = keyWallet(furtherWalletRole(seed.id, label));
    return { ...key, wallet: accounts.get(key.role) ?? key.wallet, kind, says, holdings };
  });
  return { seed, lost, other, further: [...before, ...further] };
}

export const isSecondLoss = ({ seed }: PersonWallets): boolean => seed.situation === 'second_loss';

/** The wallet a person was registered with first; there the tokens were minted to. */
export function firstWallets(person: PersonWallets): readonly Address[] {
  const first = isSecondLoss(person) ? person.other : person.lost;
  return first === null ? [] : [first.wallet];
}

/** Wallets that a person was registered with beside the first, with its identity. */
export function walletsBeside({ further }: PersonWallets): readonly FurtherHeldWallet[] {
  return further.filter(({ says }) => says !== 'lost_before');
}

/** The wallet a link leads to. */
export function linkedWallets(person: PersonWallets): readonly Address[] {
  const linked = isSecondLoss(person) ? person.lost : person.other;
  return linked === null ? [] : [linked.wallet];
}

/** What is minted for a person, and to which wallet. */
export function allotted(
  person: PersonWallets,
): readonly { readonly wallet: Address; readonly holding: Holding }[] {
  const { holdings, leftBehind = [] } = person.seed;
  return [
    ...firstWallets(person).flatMap((wallet) =>
      [...holdings, ...leftBehind].map((holding) => ({ wallet, holding })),
    ),
    ...walletsBeside(person).flatMap((beside) =>
      beside.holdings.map((holding) => ({ wallet: beside.wallet, holding })),
    ),
  ];
}

/** In the order of the participants file: those lost before come first. */
export function recordedWallets({ lost, further }: PersonWallets): readonly Address[] {
  const before = further.filter(({ says }) => says === 'lost_before');
  const beside = further.filter(({ says }) => says !== 'lost_before');
  return [...before, ...(lost === null ? [] : [lost]), ...beside].map(({ wallet }) => wallet);
}
