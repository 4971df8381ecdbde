/** The before/after picture of a person with several wallets, as data: identities as frames round the wallets they have. */
import { shortAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import { counted } from '../../components/counted.ts';
import type { ImpactFacts, ImpactWallet } from './impact-facts.ts';
import type { Change } from './picture.ts';

/** What is written on a box. */
export interface BoxText {
  readonly title: string;
  readonly detail: string;
  readonly change: Change;
  /** The change in a word or two: colour alone says nothing. */
  readonly mark: string | null;
}

/** A wallet, and the tokens on it. */
export interface WalletRow {
  readonly id: string;
  readonly wallet: BoxText;
  readonly tokens: BoxText | null;
  /** Whether the person can use it. */
  readonly hold: 'holds' | 'cut' | 'none';
}

/** An identity with the wallets that are registered with it, or were. */
export interface IdentityFrame extends BoxText {
  readonly id: string;
  readonly rows: readonly WalletRow[];
}

export interface WalletsScene {
  readonly title: string;
  readonly person: string;
  readonly access: string;
  readonly frames: readonly IdentityFrame[];
  /** The scene in sentences, for whoever does not see it. */
  readonly told: readonly string[];
}

export interface WalletsPicture {
  readonly before: WalletsScene;
  readonly after: WalletsScene;
}

const shortOr = (address: Address | null | undefined, none: string): string =>
  address === null || address === undefined ? none : shortAddress(address);

const box = (
  title: string,
  detail: string,
  change: Change = 'stays',
  mark: string | null = null,
): BoxText => ({ title, detail, change, mark });

/** Whether the picture is needed: one wallet alone is drawn larger, with claims and tokens apart. */
export function hasSeveralWallets({ wallets, healthy }: ImpactFacts): boolean {
  return wallets.length + healthy.length > 1;
}

export function walletsPictureOf(facts: ImpactFacts): WalletsPicture {
  return { before: before(facts), after: after(facts) };
}

function lostTitle({ before: earlier }: ImpactWallet): string {
  return earlier ? 'Wallet lost before' : 'Lost wallet';
}

function tokensOn(count: number, detail: string): BoxText | null {
  return count === 0 ? null : box(counted(count, 'token'), detail);
}

function before(facts: ImpactFacts): WalletsScene {
  const { person, wallets, healthy, claims, oldIdentity } = facts;
  const lost = wallets.map((wallet): WalletRow => {
    const count = wallet.moving.length + wallet.staying.length;
    return {
      id: `lost ${wallet.lostWallet ?? ''}`,
      wallet: box(lostTitle(wallet), shortOr(wallet.lostWallet, 'none')),
      tokens: tokensOn(count, 'on the lost wallet'),
      hold: 'cut',
    };
  });
  const own = healthy.map(({ wallet }): WalletRow => ({
    id: `healthy ${wallet}`,
    wallet: box('Wallet in use', shortAddress(wallet)),
    tokens: null,
    hold: 'holds',
  }));
  return {
    title: 'Now',
    person,
    access: healthy.length === 0 ? 'has no access' : `${counted(healthy.length, 'wallet')} in use`,
    frames: [
      {
        ...box('Identity', `${shortOr(oldIdentity, 'not known')}, ${counted(claims.length, 'claim')}`),
        id: 'old',
        rows: [...lost, ...own],
      },
    ],
    told: [
      `${person} can no longer use ${counted(wallets.length, 'lost wallet')}.`,
      ...wallets.map(
        (wallet) =>
          `${lostTitle(wallet)} ${shortOr(wallet.lostWallet, '')} holds ${counted(wallet.moving.length + wallet.staying.length, 'token')}.`,
      ),
      ...healthy.map(({ wallet }) => `The wallet ${shortAddress(wallet)} is in the person’s hands.`),
    ],
  };
}

const REPLACEMENTS: Readonly<Record<string, string>> = { account: 'New smart account' };

function replacementRow(wallet: ImpactWallet): WalletRow {
  const { replacement, moving, alreadyRecovered, lostWallet } = wallet;
  const made = replacement?.kind === 'generated' || replacement?.kind === 'account';
  const title = REPLACEMENTS[replacement?.kind ?? ''] ?? 'Replacement wallet';
  const count = moving.length + alreadyRecovered.length;
  const arrived = box(counted(count, 'token'), 'whole balance', 'moved', 'moved');
  return {
    id: `replacement ${lostWallet ?? ''}`,
    wallet: box(
      title,
      shortOr(replacement?.address, 'to be chosen below'),
      made ? 'created' : 'stays',
      made ? 'created' : null,
    ),
    tokens: count === 0 ? null : arrived,
    hold: 'holds',
  };
}

function cutRow(wallet: ImpactWallet): WalletRow {
  const { lostWallet, staying, frozenFirst } = wallet;
  const failing = box(counted(staying.length, 'token'), 'expected to fail', 'left', 'not moved');
  return {
    id: `lost ${lostWallet ?? ''}`,
    wallet: box(
      lostTitle(wallet),
      shortOr(lostWallet, 'none'),
      'revoked',
      frozenFirst.length > 0 ? 'frozen, cut off' : 'cut off',
    ),
    tokens: staying.length === 0 ? null : failing,
    hold: 'none',
  };
}

function after(facts: ImpactFacts): WalletsScene {
  const { person, wallets, healthy, replacement, oldIdentity, claims, adopts } = facts;
  const ahead = wallets.filter((wallet) => !wallet.before);
  const stands = adopts || replacement?.identityExists === true;
  const own = (moves: boolean): readonly WalletRow[] =>
    healthy
      .filter((one) => one.moves === moves)
      .map(({ wallet }) => ({
        id: `healthy ${wallet}`,
        wallet: box(
          'Wallet in use',
          shortAddress(wallet),
          moves ? 'moved' : 'left',
          moves ? 'moves' : 'stays',
        ),
        tokens: null,
        hold: 'holds',
      }));
  return {
    title: 'After the recovery',
    person,
    access: 'has access again',
    frames: [
      {
        ...box(
          'New identity',
          shortOr(replacement?.identity, 'follows the first wallet'),
          stands ? 'stays' : 'created',
          stands ? 'exists already' : 'created',
        ),
        id: 'new',
        rows: [...ahead.map(replacementRow), ...own(true)],
      },
      {
        ...box(
          'Old identity',
          `${shortOr(oldIdentity, 'not known')}, ${counted(claims.length, 'claim')} to reissue`,
          'revoked',
          own(false).length === 0 ? 'cut off' : 'lost wallets cut off',
        ),
        id: 'old',
        rows: [...wallets.map(cutRow), ...own(false)],
      },
    ],
    told: afterTold(facts, ahead),
  };
}

function afterTold({ person, wallets, healthy }: ImpactFacts, ahead: readonly ImpactWallet[]): string[] {
  return [
    `${person} holds ${counted(ahead.length, 'replacement wallet')}, registered with one new identity.`,
    ...ahead.map(
      ({ lostWallet, replacement, moving }) =>
        `From ${shortOr(lostWallet, '')} the whole balance of ${counted(moving.length, 'token')} moves to ${shortOr(replacement?.address, 'its replacement, chosen below')}.`,
    ),
    ...wallets
      .filter((wallet) => wallet.before)
      .map(
        ({ lostWallet, replacement, moving }) =>
          `From ${shortOr(lostWallet, '')}, lost before, ${counted(moving.length, 'token')} go along its link to ${shortOr(replacement?.address, '')}, and on from there.`,
      ),
    ...healthy.map(({ wallet, moves }) =>
      moves
        ? `The wallet ${shortAddress(wallet)} is registered with the new identity; its tokens stay on it.`
        : `The wallet ${shortAddress(wallet)} stays with the old identity.`,
    ),
    'Lost wallets are marked as lost, linked to their replacements, and cut off from the old identity.',
    ...wallets
      .filter(({ staying }) => staying.length > 0)
      .map(
        ({ lostWallet, staying }) =>
          `Not moved: ${counted(staying.length, 'token')} expected to fail, on ${shortOr(lostWallet, '')}.`,
      ),
  ];
}
