/** The person's other wallets as a preview has them, with what was said of each. */
import type { Address } from '../../../shared/address.ts';
import { saidLost } from '../../../shared/lost-wallets.ts';
import type { Preview } from '../../../shared/preview.ts';
import type { WalletSays } from '../../../shared/wizard-choices.ts';

export const OTHERS_TITLE = 'Other wallets of this person';

export interface OtherWalletRow {
  readonly wallet: Address;
  /** There is code at it. */
  readonly contract: boolean;
  /** Symbols of tokens that it holds anything of. */
  readonly holds: readonly string[];
  /** null as long as nothing was said. */
  readonly says: WalletSays | null;
}

/** Always in the same order, whatever is said of them. */
export function otherWallets(preview: Pick<Preview, 'others' | 'further'>): readonly OtherWalletRow[] {
  const lost = saidLost(preview).map(({ lostWallet, contract, tokens }) => ({
    wallet: lostWallet,
    contract: contract === true,
    holds: tokens.flatMap(({ balance, symbol }) => (balance === '0' ? [] : [symbol])),
    says: 'lost' as const,
  }));
  const others = (preview.others ?? []).map(({ wallet, contract, holds, says }) => ({
    wallet,
    contract,
    holds,
    says: says === 'undecided' ? null : says,
  }));
  return [...lost, ...others].toSorted((one, other) => (one.wallet < other.wallet ? -1 : 1));
}

/** What was chosen of wallets, and may not have been read with yet. */
export type SayingDraft = Readonly<Record<string, WalletSays>>;

/** Whether something is chosen otherwise than the preview has it. */
export function isUnread(rows: readonly OtherWalletRow[], draft: SayingDraft): boolean {
  return rows.some(({ wallet, says }) => (draft[wallet] ?? says) !== says);
}

/** What is said, in words. */
export const SAYING_WORDS: Readonly<Record<WalletSays, { readonly title: string; readonly words: string }>> =
  {
    lost: { title: 'Lost too', words: 'Recovered together with the first, to a replacement of its own.' },
    moves: {
      title: 'In the person’s hands, moves along',
      words: 'Registered with the new identity. It keeps its key and its tokens.',
    },
    stays: {
      title: 'In the person’s hands, stays',
      words: 'Stays with the old identity, which a lost key may manage.',
    },
  };
