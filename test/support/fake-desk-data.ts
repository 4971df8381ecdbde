/** Sample data for the double of the desk: made up, the same in every run. */
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { digestOf } from '../../shared/canonical.ts';
import type { RecoveryCase } from '../../shared/case.ts';
import type { DeskLock, OperatorEntry, SignedInView, SignInWays } from '../../shared/desk-state.ts';
import type { ParticipantRow, RecoverySummary } from '../../shared/people-views.ts';
import { PARTICIPANT_STATES } from '../../shared/participant-states.ts';
import type { Preview, TokenPreview } from '../../shared/preview.ts';
import type { Hex } from '../../shared/values.ts';

export function sampleAddress(seed: string): Address {
  return toAddress(`0x${digestOf(seed).slice(2, 42)}`);
}

export function sampleHash(seed: string): Hex {
  return digestOf(`hash ${seed}`);
}

/** So many minutes before now, as an ISO time. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

const FIRST =
  'Maren Jonas Luca Dora Henrik Aiko Petra Odile Ines Samir Elsa Tomás Yara Nils Priya Oskar'.split(' ');
const LAST =
  'Holt Weir Ferri Kessler Solberg Tanaka Lindqvist Marchand Barragán Haddad Okafor Berg Novák'.split(' ');

const LETTERS = 'BCDEFGHJKLMNPRSTVW';

/** Many people; the first is Maren Holt, whose wallet is lost. */
export function samplePeople(count: number): readonly ParticipantRow[] {
  return Array.from({ length: count }, (_, index) => {
    const state = index === 0 ? 'active' : PARTICIPANT_STATES[index % 23 < 18 ? 0 : (index % 23) - 18];
    const known = state ?? 'active';
    const letter = LETTERS[Math.floor(index / (FIRST.length * LAST.length)) % LETTERS.length] ?? '';
    const [first, last] = [FIRST[index % FIRST.length] ?? '', LAST[(index * 7) % LAST.length] ?? ''];
    const id = index === 0 ? 'maren-holt' : `P-${String(100_000 + index)}`;
    const wallet = known === 'no_wallet' ? null : sampleAddress(`wallet ${id}`);
    return {
      key: { participantId: id, wallet: null },
      id,
      name: index === 0 ? 'Maren Holt' : `${first} ${letter}. ${last}`,
      wallets: wallet === null ? 0 : 1 + (index % 9 === 0 ? 1 : 0),
      effectiveWallet: wallet,
      state: known,
    };
  });
}

const SYMBOLS = 'HBR NVA GRD ALP OCN FJD MTR SOL BRK LGT PNX RVR'.split(' ');
const NAMES = [
  'Harbour Bond 2031',
  'Nova Property Fund',
  'Guardian Gold Note',
  'Alpine Energy Share',
  'Ocean Freight Note',
  'Fjord Hydro Bond',
  'Metro Rail Series B',
  'Solar Park Certificate',
  'Brick Lane Equity',
  'Lighthouse Credit',
  'Phoenix Growth Fund',
  'River Delta Bond',
];

export function sampleTokens(count: number): readonly TokenPreview[] {
  return Array.from({ length: count }, (_, index) => sampleToken(index));
}

function sampleToken(index: number): TokenPreview {
  const round = Math.floor(index / SYMBOLS.length);
  const series = round === 0 ? '' : String(round + 1);
  const decimals = [18, 6, 0, 2][index % 4] ?? 18;
  const units = ((index * 7919 + 104_729) % 9_999_991) + 12;
  const token = {
    address: sampleAddress(`token ${String(index)}`),
    name: `${NAMES[index % NAMES.length] ?? ''}${series === '' ? '' : ` ${series}`}`,
    symbol: `${SYMBOLS[index % SYMBOLS.length] ?? ''}${series}`,
    decimals,
    balance: `${String(units)}${decimals === 0 ? '' : '5'.padEnd(decimals, '0')}`,
    frozen: index % 12 === 4 ? `${String(Math.floor(units / 3))}${'0'.repeat(decimals)}` : '0',
    addressFrozen: index % 12 === 8,
    paused: index % 12 === 2,
    custodianRight: index % 12 !== 5,
  };
  if (token.paused) {
    return {
      ...token,
      predicted: {
        outcome: 'fails',
        by: 'simulation',
        reason: 'TOKEN_PAUSED',
        message: `${token.symbol} is paused: nothing of it can be moved now.`,
        remedy: 'Ask its issuer when the pause ends; then retry this token from the history.',
      },
    };
  }
  if (!token.custodianRight) {
    return {
      ...token,
      predicted: {
        outcome: 'fails',
        by: 'flags',
        reason: 'CUSTODIAN_PERMISSION_MISSING',
        message: `You hold no custodian right on ${token.symbol}.`,
        remedy: 'Ask its issuer to give you the right, or to recover this token themselves.',
      },
    };
  }
  return { ...token, predicted: { outcome: 'recovers', by: 'simulation' } };
}

export const SAMPLE_CASE: RecoveryCase = {
  reason: 'lost',
  ticket: 'KYC-20418',
  identifiedHow: 'Passport shown in person at the Zurich desk',
  identifiedBy: 'R. Amstutz',
  evidence: [sampleHash('passport').slice(2)],
};

export const OPERATOR = sampleAddress('operator');
export const CUSTODIAN = sampleAddress('custodian');
export const SAFE = sampleAddress('safe');

export const OPEN: DeskLock = { kind: 'open', cause: null, since: null };

/** Those who can sign in, by name. */
export const OPERATORS: readonly OperatorEntry[] = [
  { id: 'O-0000000001', name: 'A. Okonkwo', signIn: 'passphrase', key: 'remote' },
  { id: 'O-0000000002', name: 'Issuer Safe', signIn: 'passphrase', key: 'export' },
  { id: 'O-0000000003', name: 'L. Brandt', signIn: 'passphrase', key: 'ledger' },
  { id: 'O-0000000004', name: 'R. Amstutz', signIn: 'passphrase', key: 'keystore' },
];

export const SIGNED_IN_OPERATOR: SignedInView = {
  id: 'O-0000000004',
  name: 'R. Amstutz',
  signIn: 'passphrase',
  key: 'keystore',
  address: OPERATOR,
  code: true,
  identityManager: true,
};

export const SIGNED_IN_CUSTODIAN: SignedInView = {
  id: 'O-0000000003',
  name: 'L. Brandt',
  signIn: 'passphrase',
  key: 'ledger',
  address: CUSTODIAN,
  code: false,
  identityManager: false,
};

export const CUSTODIANS = [
  { id: 'O-0000000002', name: 'Issuer Safe', address: SAFE },
  { id: 'O-0000000003', name: 'L. Brandt', address: CUSTODIAN },
] as const;

export const PASSPHRASES: SignInWays = {
  passphrase: true,
  oidc: null,
  codeRequired: false,
  keychainProblem: null,
  withoutKeychain: false,
};

export const LOST = sampleAddress('wallet maren-holt');
export const REPLACEMENT = sampleAddress('replacement of maren-holt');
export const NEW_IDENTITY = sampleAddress('new identity of maren-holt');

/** A preview of Maren Holt's lost wallet with so many tokens. */
export function samplePreview(tokens: number, practice: boolean): Preview {
  return {
    format: 'recovery-desk/preview',
    version: 1,
    createdAt: minutesAgo(1),
    network: {
      name: practice ? 'Practice network' : 'Aldgate Settlement',
      chainId: practice ? 31_337 : 7_341_925,
      protocol: 'smart',
      system: sampleAddress('system'),
      practice,
    },
    block: { number: 18_204_377, hash: sampleHash('block'), time: minutesAgo(2) },
    case: SAMPLE_CASE,
    operator: {
      address: OPERATOR,
      identityManager: true,
      balance: '41250000000000000000',
      foreignPending: 0,
    },
    participant: {
      id: 'maren-holt',
      name: 'Maren Holt',
      source: 'directory',
      wallets: [
        { address: LOST, effective: true },
        { address: sampleAddress('second wallet of maren-holt'), effective: false },
      ],
    },
    lostWallet: LOST,
    lost: {
      registered: true,
      identity: sampleAddress('identity of maren-holt'),
      country: 756,
      markedLost: false,
      linkedTo: null,
    },
    oldIdentity: sampleAddress('identity of maren-holt'),
    replacement: null,
    adopts: false,
    tokens: [...sampleTokens(tokens)],
    claims: [
      { topic: '7', topicName: 'Know your customer', issuer: sampleAddress('issuer a'), trusted: true },
      { topic: '9', topicName: 'Accredited investor', issuer: sampleAddress('issuer b'), trusted: false },
      { topic: '12', topicName: null, issuer: sampleAddress('issuer c'), trusted: null },
    ],
    requiredTopics: ['7', '21'],
    notRecoverable: {
      nativeBalance: '318400000000000000',
      tokens: [
        {
          address: sampleAddress('other token'),
          symbol: 'USDX',
          decimals: 6,
          balance: '1250000000',
        },
      ],
    },
    cost: {
      transactions: tokens + 2,
      gas: '2814000',
      gasPrice: '1500000000',
      estimate: '4221000000000000',
      by: 'simulation',
    },
    blockers: [],
    warnings: [
      {
        code: 'TOKEN_FAILURE_EXPECTED',
        message: 'Some tokens are expected to fail: they are paused, or you lack the right to recover them.',
        remedy: 'The others are recovered all the same; retry the failed ones when their cause is gone.',
      },
      {
        code: 'CLAIMS_DO_NOT_MOVE',
        message: 'Claims stay with the old identity.',
        remedy: 'Ask the trusted issuers to issue them again for the new identity afterwards.',
      },
    ],
  };
}

/** The same person; a custodian signs for the tokens that they hold the right on, or a Safe does. */
export function splitPreview(custodian: Address, external: boolean): Preview {
  const preview = samplePreview(12, false);
  const nobodys = (index: number): boolean => index === 5;
  const signer = { balance: '41250000000000000000', foreignPending: 0, gas: '402000' };
  return {
    ...preview,
    signers: [
      {
        ...signer,
        address: OPERATOR,
        role: 'operator',
        identityManager: true,
        external: false,
        transactions: 3,
        estimate: '603000000000000',
      },
      {
        ...signer,
        address: custodian,
        role: 'custodian',
        identityManager: false,
        external,
        transactions: 11,
        estimate: '3618000000000000',
      },
    ],
    tokens: preview.tokens.map((token, index) => ({
      ...token,
      signer: nobodys(index) ? OPERATOR : custodian,
      custodians: nobodys(index) ? [] : [custodian],
    })),
  };
}

/** The same person, but nothing can be done. */
export function blockedPreview(): Preview {
  return {
    ...samplePreview(3, false),
    lost: { registered: false, identity: null, country: null, markedLost: true, linkedTo: REPLACEMENT },
    blockers: [
      {
        code: 'WALLET_ALREADY_LOST',
        message: 'The wallet was marked as lost before, and is linked to another one.',
        remedy: 'Find out who recovered it, and when, before anything else is done.',
      },
      {
        code: 'IDENTITY_MANAGER_ROLE_MISSING',
        message: 'The signed-in operator is no identity manager of this system.',
        remedy: 'Sign in with the key of an identity manager, or ask for the role.',
      },
    ],
  };
}

const STATUSES = [
  'completed',
  'completed_with_token_failures',
  'waiting',
  'completed',
  'stopped',
  'cancelled',
  'failed',
] as const;

export function sampleRecoveries(count: number): readonly RecoverySummary[] {
  const people = samplePeople(count);
  return people.map((person, index) => {
    const status = STATUSES[index % STATUSES.length] ?? 'completed';
    const ended = status !== 'waiting' && status !== 'stopped';
    const done = status === 'cancelled' || status === 'failed' ? 0 : 9;
    return {
      id: `R-${sampleHash(`recovery ${String(index)}`).slice(2, 12)}`,
      participantId: person.id,
      name: person.name,
      network: index % 5 === 3 ? 'Practice network' : 'Aldgate Settlement',
      chainId: index % 5 === 3 ? 31_337 : 7_341_925,
      practice: index % 5 === 3,
      lostWallet: sampleAddress(`lost ${String(index)}`),
      operator: OPERATOR,
      status,
      recovered: status === 'completed' ? 12 : done,
      total: 12,
      failed: status === 'completed_with_token_failures' ? 3 : 0,
      createdAt: minutesAgo(40 + index * 1511),
      finishedAt: ended ? minutesAgo(30 + index * 1511) : null,
    };
  });
}
