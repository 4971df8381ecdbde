/** Which wallets a seeded person has, and in which order they came. */
import type { Address } from '../../shared/address.ts';
import type { PracticePersonSeed } from './people.ts';
import { PRACTICE_ROLES, lostWalletRole, otherWalletRole, practiceAddress } from './practice-keys.ts';

/** The wallets of one person on the practice network. */
export interface PersonWallets {
  readonly seed: PracticePersonSeed;
  readonly lost: { readonly role: string; readonly wallet: Address } | null;
  /** Where a standing link leads; for a second loss the wallet that was lost first. */
  readonly other: { readonly role: string; readonly wallet: Address } | null;
}

const WITH_OTHER_WALLET = new Set([
  'recovered_elsewhere',
  'half_recovered',
  'second_loss',
  'mark_without_link',
]);
export function walletsOf(seed: PracticePersonSeed): PersonWallets {
  if (seed.situation === 'no_wallet') return { seed, lost: null, other: null };
  const lostRole = seed.situation === 'operator' ? PRACTICE_ROLES.operator : lostWalletRole(seed.id);
  const lost = { role: lostRole, wallet: practiceAddress(lostRole) };
  if (!WITH_OTHER_WALLET.has(seed.situation)) return { seed, lost, other: null };
  const otherRole = otherWalletRole(seed.id);
  return { seed, lost, other: { role: otherRole, wallet: practiceAddress(otherRole) } };
}

export const isSecondLoss = ({ seed }: PersonWallets): boolean => seed.situation === 'second_loss';

/** The wallet a person was registered with first; there the tokens were minted to. */
export function firstWallets(person: PersonWallets): readonly Address[] {
  const first = isSecondLoss(person) ? person.other : person.lost;
  return first === null ? [] : [first.wallet];
}

/** The wallet a link leads to. */
export function linkedWallets(person: PersonWallets): readonly Address[] {
  const linked = isSecondLoss(person) ? person.lost : person.other;
  return linked === null ? [] : [linked.wallet];
}
