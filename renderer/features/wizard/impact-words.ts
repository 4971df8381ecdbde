/** What a recovery creates, revokes, resets, freezes, moves and leaves, in words: one list for each. */
import type { Address } from '../../../shared/address.ts';
import type { TokenPreview } from '../../../shared/preview.ts';
import { counted, named } from '../../components/counted.ts';
import type { ImpactFacts, ImpactWallet } from './impact-facts.ts';

export type ImpactKind = 'created' | 'revoked' | 'reset' | 'frozen' | 'moved' | 'left';

export interface ImpactLine {
  readonly text: string;
  /** Shown behind the text, with its full form at hand. */
  readonly address: Address | null;
}

export interface ImpactGroup {
  readonly kind: ImpactKind;
  readonly title: string;
  readonly lines: readonly ImpactLine[];
}

const line = (text: string, address: Address | null = null): ImpactLine => ({ text, address });

/** Each once: several wallets may hold the same. */
const symbols = (tokens: readonly TokenPreview[]): string =>
  named([...new Set(tokens.map((token) => token.symbol))]);

const ELSEWHERE =
  'the participant directory does not do it, or there is none; do it where the person signs in';

/** Every kind is there, also where nothing happens: that nothing is frozen is news too. */
export function impactGroups(facts: ImpactFacts): readonly ImpactGroup[] {
  return [
    { kind: 'created', title: 'Created', lines: created(facts) },
    { kind: 'revoked', title: 'Revoked', lines: revoked(facts) },
    { kind: 'reset', title: 'Reset', lines: reset(facts) },
    { kind: 'frozen', title: 'Frozen', lines: frozen(facts) },
    { kind: 'moved', title: 'Moved', lines: moved(facts) },
    { kind: 'left', title: 'Does not move', lines: left(facts) },
  ];
}

/** Wallets that this desk makes, and smart accounts that the network's factory does. */
function createdWallets({ wallets }: ImpactFacts): readonly ImpactLine[] {
  return wallets.flatMap(({ replacement }) => {
    if (replacement?.kind === 'generated')
      return [line('A replacement wallet, made and kept by this desk', replacement.address)];
    return replacement?.kind === 'account'
      ? [line('A smart account, owned by the first replacement wallet', replacement.address)]
      : [];
  });
}

function created(facts: ImpactFacts): readonly ImpactLine[] {
  const { replacement, adopts } = facts;
  const wallet = createdWallets(facts);
  if (adopts)
    return [...wallet, line('Nothing more: the new identity stands from the recovery begun before')];
  if (replacement === null) return [line('A new identity, for the replacement wallet chosen below')];
  return replacement.identityExists
    ? [...wallet, line('Nothing more: the new identity exists already', replacement.identity)]
    : [...wallet, line('A new identity for the replacement wallet', replacement.identity)];
}

function revokedOf({ lostWallet, oldIdentity, adopts, before }: ImpactWallet): readonly ImpactLine[] {
  if (before) return [line('Nothing more of a wallet that was lost before', lostWallet)];
  return adopts
    ? [line('Nothing on chain: the lost wallet is marked as lost already', lostWallet)]
    : [
        line('The registration of the lost wallet: it is marked as lost, for good', lostWallet),
        line('Its hold on the old identity', oldIdentity),
      ];
}

function revoked({ wallets, atDirectory }: ImpactFacts): readonly ImpactLine[] {
  const chain = wallets.flatMap(revokedOf);
  return [
    ...chain,
    line(
      atDirectory.includes('revoke_sessions')
        ? 'All sessions of the person'
        : `Sessions: not from here, ${ELSEWHERE}`,
    ),
    ...(atDirectory.includes('hold_sign_in')
      ? [line('Sign-in of the person: held until it is released')]
      : []),
  ];
}

function reset({ atDirectory }: ImpactFacts): readonly ImpactLine[] {
  return [
    line(
      atDirectory.includes('reset_mfa')
        ? 'Second factors, passkeys, API keys and wallet codes of the person'
        : `Second factors: not from here, ${ELSEWHERE}`,
    ),
  ];
}

function frozen({ frozenFirst, freezesCarried, reason }: ImpactFacts): readonly ImpactLine[] {
  const first = counted(frozenFirst.length, 'token');
  const lines = [
    ...(frozenFirst.length === 0
      ? []
      : [
          line(`The lost wallet on ${first}, before anything else: ${symbols(frozenFirst)}`),
          line('What this recovery froze is lifted on the replacement once the token is there'),
        ]),
    ...(reason === 'compromised' && frozenFirst.length === 0
      ? [line('Nothing: there is no token that you may freeze and that is not frozen already')]
      : []),
    ...(freezesCarried.length === 0
      ? []
      : [line(`Freezes of before go along to the replacement: ${symbols(freezesCarried)}`)]),
  ];
  return lines.length === 0 ? [line('Nothing: the case does not say that somebody else has the key')] : lines;
}

/** Of one lost wallet all together; of several by the wallet that they come from. */
function movedTokens({ wallets, moving }: ImpactFacts): readonly ImpactLine[] {
  if (moving.length === 0) return [line('No token')];
  return wallets.flatMap((wallet) => {
    if (wallet.moving.length === 0) return [];
    const what = `The whole balance of ${counted(wallet.moving.length, 'token')}`;
    const which = symbols(wallet.moving);
    return wallets.length === 1
      ? [line(`${what}: ${which}`)]
      : [line(`${what}, ${which}, from the wallet`, wallet.lostWallet)];
  });
}

function moved(facts: ImpactFacts): readonly ImpactLine[] {
  const { adopts, alreadyRecovered, atDirectory, healthy, moving } = facts;
  const byItself = moving.filter(({ way }) => way === 'holder');
  return [
    ...(adopts ? [] : [line('The registration, with its country, to the replacement wallet')]),
    ...movedTokens(facts),
    ...(byItself.length === 0
      ? []
      : [line(`Of that by the new wallet itself, with its key at this desk: ${symbols(byItself)}`)]),
    ...healthy.flatMap(({ wallet, moves }) =>
      moves
        ? [line('To the new identity, a wallet in the person’s hands; its tokens stay on it', wallet)]
        : [],
    ),
    ...(alreadyRecovered.length === 0
      ? []
      : [line(`Moved before, by the recovery begun then: ${symbols(alreadyRecovered)}`)]),
    ...(atDirectory.includes('link_participant')
      ? [line('The wallet that the participant directory names for the person')]
      : []),
  ];
}

/** What lost wallets hold beside the tokens of the system, and may do. */
function leftOnWallets({ wallets }: ImpactFacts): readonly ImpactLine[] {
  const foreign = wallets.flatMap(({ left }) => left.tokens.map(({ symbol }) => symbol));
  return [
    ...(wallets.every(({ left }) => left.nativeBalance === '0')
      ? []
      : [line('Native coin: only the lost key moves it')]),
    ...(foreign.length === 0 ? [] : [line(`Tokens not of this system: ${named(foreign)}`)]),
    ...wallets.flatMap(({ lostWallet, rights }) =>
      rights.length === 0
        ? []
        : [
            line(
              'Rights of the lost wallet on chain: whoever administers them has to revoke them',
              lostWallet,
            ),
          ],
    ),
  ];
}

function left(facts: ImpactFacts): readonly ImpactLine[] {
  const { staying, claims, healthy } = facts;
  const topics = claims.map((claim) => claim.topicName ?? `topic ${claim.topic}`);
  const lines = [
    ...(claims.length === 0
      ? []
      : [line(`${counted(claims.length, 'claim')}, to be issued anew: ${named(topics)}`)]),
    ...(staying.length === 0
      ? []
      : [
          line(
            `${counted(staying.length, 'token')} expected to fail, with a retry later: ${symbols(staying)}`,
          ),
        ]),
    ...healthy.flatMap(({ wallet, moves }) =>
      moves ? [] : [line('A wallet in the person’s hands: it stays with the old identity', wallet)],
    ),
    ...leftOnWallets(facts),
  ];
  return lines.length === 0 ? [line('Nothing that was seen is left behind')] : lines;
}
