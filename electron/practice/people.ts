/** The people of the practice network, and what each is there to show. Names are invented. */
import type { BlockerCode, WarningCode } from '../../shared/preview.ts';
import type { TokenFailureReason } from '../../shared/phases.ts';

/** How a person stands in the identity registry. */
export type Situation =
  /** Registered, with an identity and claims. */
  | 'registered'
  /** Registered with an address that is no identity contract. */
  | 'registered_without_contract'
  /** Has a wallet and an identity, but no registration. */
  | 'unregistered'
  | 'no_wallet'
  /** Recovered to a wallet that is not the person's: marked lost, linked elsewhere; what it holds is still there. */
  | 'recovered_elsewhere'
  /** The link to the replacement stands, the tokens have not followed. */
  | 'half_recovered'
  /** The first wallet was recovered to a second, tokens too; the second is the one now lost. */
  | 'second_loss'
  /** Marked lost, then registered again and removed: the link is erased, the mark stays. */
  | 'mark_without_link'
  /** The operator's own wallet. */
  | 'operator';

export interface Holding {
  readonly symbol: string;
  /** Whole tokens, whatever the decimals. */
  readonly whole: bigint;
  /** Whole tokens of it that are frozen. */
  readonly frozen?: bigint;
  /** Whether the wallet's address is frozen on this token. */
  readonly addressFrozen?: boolean;
}

/** Another wallet of a person, registered with the same identity as the one that they lost. */
export interface FurtherWallet {
  /** Tells it from the person's others. */
  readonly label: string;
  /** `account`: a smart account that the account factory made for the owner's key. */
  readonly kind: 'key' | 'account';
  /** What the person says of it. */
  readonly says: 'lost' | 'healthy';
  readonly holdings: readonly Holding[];
}

export type Shows = BlockerCode | WarningCode | TokenFailureReason | 'RECOVERS' | 'RECOVERED_ELSEWHERE';

export interface PracticePersonSeed {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 numeric. */
  readonly country: number;
  readonly situation: Situation;
  readonly holdings: readonly Holding[];
  readonly further?: readonly FurtherWallet[];
  /** Of a second loss: what was never recovered from the wallet lost first. */
  readonly leftBehind?: readonly Holding[];
  /** Roles on tokens that the lost wallet holds. */
  readonly tokenRoles?: readonly { readonly role: string; readonly symbol: string }[];
  /** Whether the lost wallet signs claims for the trusted issuer. */
  readonly signsClaims?: boolean;
  /** Wei of native coin on the wallet. */
  readonly native: bigint;
  /** Units of the plain token that no system knows. */
  readonly plainUnits?: bigint;
  /** What the person is there for, in words and in codes. */
  readonly purpose: string;
  readonly shows: readonly Shows[];
}

const COIN = 10n ** 18n;

/** The demo's person: holds 12 tokens, of which 9 can be recovered. */
export const DEMO_PERSON = 'maren-holt';
/** Has three wallets with one identity, of which two are lost. */
export const SEVERAL_WALLETS_PERSON = 'freya-lindholm';
/** Lost two wallets in turn, and a token is still on the first. */
export const LEFT_BEHIND_PERSON = 'ravi-menon';
/** Holds the tokens asked for by number; there only when some are asked for. */
export const BULK_PERSON = 'tomas-okafor';

const DEMO_HOLDINGS: readonly Holding[] = [
  { symbol: 'NGB28', whole: 250n },
  { symbol: 'HLB30', whole: 40n },
  { symbol: 'ALDE', whole: 1_200n },
  { symbol: 'FENN', whole: 75n },
  { symbol: 'MSTG', whole: 310n },
  { symbol: 'QUAY', whole: 900n, frozen: 350n },
  { symbol: 'PIKE', whole: 64n, frozen: 12n },
  { symbol: 'TESD', whole: 15_000n },
  { symbol: 'ORRN', whole: 8_250n },
  { symbol: 'EURQ', whole: 42_000n, addressFrozen: true },
  { symbol: 'CHFQ', whole: 1_999n },
  { symbol: 'USDQ', whole: 7n },
];

const STOLEN_HOLDINGS = [holds('NGB28', 20n), holds('QUAY', 400n), holds('EURQ', 2_500n), holds('USDQ', 11n)];

export const PEOPLE: readonly PracticePersonSeed[] = [
  person(DEMO_PERSON, 'Maren Holt', 276, 'registered', DEMO_HOLDINGS, {
    purpose: 'Holds 12 tokens: 9 recover, 3 fail. Also native coin and a token unknown to the system.',
    shows: [
      'TOKEN_PAUSED',
      'CUSTODIAN_PERMISSION_MISSING',
      'UNKNOWN',
      'TOKEN_FAILURE_EXPECTED',
      'LEGAL_HOLD_POSSIBLE',
      'NOT_RECOVERABLE_HERE',
      'CLAIMS_DO_NOT_MOVE',
    ],
    native: (3n * COIN) / 2n,
    plainUnits: 123_450n,
  }),
  person('jonas-weir', 'Jonas Weir', 826, 'registered', [holds('ALDE', 10n), holds('EURQ', 500n)], {
    purpose: 'A plain loss of two tokens: everything recovers.',
    shows: ['RECOVERS', 'CLAIMS_DO_NOT_MOVE'],
  }),
  person('petra-lindqvist', 'Petra Lindqvist', 752, 'unregistered', [], {
    purpose: 'Her wallet is not registered.',
    shows: ['WALLET_NOT_REGISTERED'],
  }),
  person('samir-haddad', 'Samir Haddad', 250, 'no_wallet', [], {
    purpose: 'The participants file knows no wallet of his.',
    shows: ['PARTICIPANT_HAS_NO_WALLET'],
  }),
  person('odile-marchand', 'Odile Marchand', 250, 'recovered_elsewhere', [holds('USDQ', 3n)], {
    purpose: 'Her lost wallet was recovered to another wallet already; one token is still on it.',
    shows: ['WALLET_ALREADY_LOST', 'RECOVERED_ELSEWHERE'],
  }),
  person(
    'henrik-solberg',
    'Henrik Solberg',
    578,
    'half_recovered',
    [holds('TESD', 700n), holds('CHFQ', 80n)],
    {
      purpose: 'Half recovered: the link stands, his two tokens are still on the lost wallet.',
      shows: ['ADOPTS_STANDING_LINK'],
    },
  ),
  person('ines-barragan', 'Ines Barragan', 724, 'operator', [holds('EURQ', 60n)], {
    purpose: 'She is the operator herself.',
    shows: ['OPERATOR_IS_PARTICIPANT'],
  }),
  person('luca-ferri', 'Luca Ferri', 380, 'registered', STOLEN_HOLDINGS, {
    purpose: 'His key is in a thief’s hands, who can send to a verified accomplice while a recovery runs.',
    shows: ['LOST_WALLET_ACTIVE', 'LOST_WALLET_STILL_MOVES', 'BALANCE_MOVED'],
    native: COIN,
  }),
  person('dora-kessler', 'Dora Kessler', 40, 'registered', [{ ...holds('USDQ', 21n), addressFrozen: true }], {
    purpose: 'Her wallet is frozen on one token: perhaps a legal hold.',
    shows: ['LEGAL_HOLD_POSSIBLE'],
  }),
  person('wim-de-groot', 'Wim de Groot', 528, 'registered', [], {
    purpose: 'Registered, with nothing anywhere: only the identity is recovered.',
    shows: ['RECOVERS', 'NO_RECOVERABLE_TOKENS'],
  }),
  person('aiko-tanaka', 'Aiko Tanaka', 392, 'second_loss', [holds('ORRN', 90n), holds('VERD', 2n)], {
    purpose: 'Lost a wallet before and was recovered; has now lost the second one too.',
    shows: ['RECOVERS'],
  }),
  person('bruno-alves', 'Bruno Alves', 620, 'registered', [holds('LUMC', 33n)], {
    purpose: 'A bystander: his wallet is another participant’s.',
    shows: ['WALLET_NOT_OF_PARTICIPANT', 'REPLACEMENT_UNUSABLE'],
  }),
  person('gerda-nowak', 'Gerda Nowak', 616, 'mark_without_link', [], {
    purpose: 'Marked as lost once, then registered again and removed: the mark stands without a link.',
    shows: ['WALLET_ALREADY_LOST', 'REPLACEMENT_UNUSABLE'],
  }),
  person('nils-brandt', 'Nils Brandt', 208, 'registered_without_contract', [holds('CHFQ', 12n)], {
    purpose: 'Registered with an identity that has no contract behind it.',
    shows: ['CLAIMS_UNREADABLE'],
  }),
  person(
    SEVERAL_WALLETS_PERSON,
    'Freya Lindholm',
    246,
    'registered',
    [holds('ALDE', 120n), { ...holds('QUAY', 500n), frozen: 150n }, holds('EURQ', 3_000n)],
    {
      purpose: 'One identity, three wallets: a lost key, a lost smart account, and a key still in her hands.',
      shows: ['WALLET_UNDECIDED', 'ROLES_OF_LOST_WALLET', 'HEALTHY_WALLET_STAYS', 'RECOVERS'],
      further: [
        {
          label: 'account',
          kind: 'account',
          says: 'lost',
          holdings: [holds('EURQ', 900n), holds('CHFQ', 250n)],
        },
        { label: 'healthy', kind: 'key', says: 'healthy', holdings: [holds('USDQ', 40n)] },
      ],
      tokenRoles: [{ role: 'SUPPLY_MANAGEMENT_ROLE', symbol: 'EURQ' }],
      signsClaims: true,
    },
  ),
  person(
    LEFT_BEHIND_PERSON,
    'Ravi Menon',
    356,
    'second_loss',
    [holds('NGB28', 14n), { ...holds('ORRN', 610n), frozen: 60n }],
    {
      purpose:
        'Lost a wallet, was recovered, and lost the second one too. One token was never recovered from the first.',
      shows: ['RECOVERS', 'EARLIER_LOST_WALLET'],
      leftBehind: [holds('TESD', 1_300n)],
    },
  ),
];

/** The person with as many tokens as were asked for. */
export function bulkPerson(symbols: readonly string[]): PracticePersonSeed {
  const holdings = symbols.map((symbol, index) => holds(symbol, BigInt(index + 1)));
  return person(BULK_PERSON, 'Tomas Okafor', 566, 'registered', holdings, {
    purpose: `Holds ${symbols.length} tokens, all of which recover.`,
    shows: ['RECOVERS'],
  });
}

function holds(symbol: string, whole: bigint): Holding {
  return { symbol, whole };
}

type Rest = Pick<PracticePersonSeed, 'purpose' | 'shows'> & Partial<PracticePersonSeed>;

function person(
  id: string,
  name: string,
  country: number,
  situation: Situation,
  holdings: readonly Holding[],
  rest: Rest,
): PracticePersonSeed {
  return { id, name, country, situation, holdings, native: 0n, ...rest };
}
