/** The scenes in which the double of the desk can be looked at. */
import type { DeskState, Drill } from '../../shared/desk-state.ts';
import type { ErrorView } from '../../shared/answer.ts';
import { digestOf } from '../../shared/canonical.ts';
import type { Wizard } from '../../shared/wizard.ts';
import { PHASES } from '../../shared/phases.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import {
  LOST,
  NEW_IDENTITY,
  OPERATOR,
  REPLACEMENT,
  SAMPLE_CASE,
  blockedPreview,
  minutesAgo,
  sampleAddress,
  sampleHash,
  samplePreview,
} from './fake-desk-data.ts';

export interface Scene {
  readonly state: DeskState;
  readonly wizard: Wizard;
  /** Procedures that are refused with an error. */
  readonly refused?: Readonly<Record<string, ErrorView>>;
  readonly recoveries?: number;
  readonly people?: number;
}

const DRILLS: readonly Drill[] = [
  ['jonas-weir', 'A plain loss', 'Jonas Weir', 'Everything recovers. Learn the way through the steps.'],
  [
    'maren-holt',
    'Three tokens that fail',
    'Maren Holt',
    'One is paused, one lacks your right, one is locked.',
  ],
  ['luca-ferri', 'A thief has the key', 'Luca Ferri', 'Choose "compromised": the wallet is frozen first.'],
  ['dora-kessler', 'A frozen wallet', 'Dora Kessler', 'A freeze may be a legal hold: who answered for it?'],
  [
    'henrik-solberg',
    'A recovery that was cut off',
    'Henrik Solberg',
    'The plan adopts the link that stands.',
  ],
  ['aiko-tanaka', 'The second loss', 'Aiko Tanaka', 'The lost wallet was itself a replacement.'],
  ['petra-lindqvist', 'A wallet nobody registered', 'Petra Lindqvist', 'A blocker says what to check first.'],
  ['odile-marchand', 'Recovered to somewhere else', 'Odile Marchand', 'Find out who did it first.'],
  ['ines-barragan', 'Nobody recovers themselves', 'Ines Barragán', 'Another identity manager must do it.'],
  ['samir-haddad', 'A person without a wallet', 'Samir Haddad', 'There is nothing to recover.'],
].map(([participantId = '', title = '', person = '', expect = '']) => ({
  participantId,
  title,
  person,
  purpose: expect,
  expect,
  holderWallet: sampleAddress(`holder ${participantId}`),
}));

const REAL = {
  status: 'connected',
  name: 'Aldgate Settlement',
  chainId: 7_341_925,
  practice: false,
} as const;
const PRACTICE = { status: 'connected', name: 'Practice network', chainId: 31_337, practice: true } as const;

export const REFUSAL: ErrorView = {
  code: 'ENDPOINT_UNREACHABLE',
  message: 'No endpoint of the network answers. Nothing was read and nothing was done.',
  remedy: 'Check the connection of this machine, then try again.',
  retry: 'safe',
};

const ALTERED: ErrorView = {
  code: 'PREVIEW_ALTERED',
  message:
    'The file was changed after it was saved: its content does not match its digest. Nothing of it is shown.',
  remedy: 'Ask the operator to save the preview again, and to send it another way.',
  retry: 'never',
};

const EMPTY: DeskState = {
  version: '0.1.0',
  runtime: 'chromium',
  appearance: 'system',
  networks: [],
  connection: { status: 'none' },
  participantsFile: null,
  operator: null,
  lockedOn: null,
  drills: [],
};

const NETWORKS: DeskState['networks'] = [
  {
    id: 'aldgate',
    name: 'Aldgate Settlement',
    chainId: 7_341_925,
    practice: false,
    file: '/home/desk/networks/aldgate.json',
    chosen: true,
    problem: null,
  },
  {
    id: 'gresham',
    name: 'Gresham Test Ledger',
    chainId: 7_341_926,
    practice: false,
    file: '/home/desk/networks/gresham.json',
    chosen: false,
    problem: null,
  },
  {
    id: 'broken',
    name: 'old-profile.json',
    chainId: null,
    practice: false,
    file: '/home/desk/networks/old-profile.json',
    chosen: false,
    problem: {
      code: 'PROFILE_INVALID',
      message: 'The profile has a key that this version does not know: rpcUrl.',
      remedy: 'Ask whoever runs the network for a profile of this version.',
      retry: 'never',
    },
  },
];

const SIGNED_OUT: DeskState = { ...EMPTY, networks: NETWORKS, connection: REAL };
const SIGNED_IN: DeskState = {
  ...SIGNED_OUT,
  participantsFile: '/home/desk/people/participants-2026.json',
  operator: { address: OPERATOR, identityManager: true },
};
const TRAINING: DeskState = {
  ...EMPTY,
  connection: PRACTICE,
  operator: { address: OPERATOR, identityManager: true },
  drills: [...DRILLS],
};

const NO_WIZARD: Wizard = { step: 'none' };
const SUBJECT = { key: { participantId: 'maren-holt', wallet: null }, name: 'Maren Holt', id: 'maren-holt' };

function read(preview: Preview): { preview: Preview; digest: ReturnType<typeof digestOf> } {
  return { preview, digest: digestOf(preview) };
}

function previewStep(preview: Preview): Wizard {
  return { step: 'preview', subject: SUBJECT, case: SAMPLE_CASE, read: read(preview) };
}

function samplePlan(preview: Preview): Plan {
  return {
    format: 'recovery-desk/plan',
    version: 1,
    flowVersion: 1,
    createdAt: minutesAgo(1),
    nonce: sampleHash('nonce'),
    network: { chainId: preview.network.chainId, protocol: 'smart', system: preview.network.system },
    caseId: 'C-1',
    participantId: 'maren-holt',
    reason: 'lost',
    ticket: SAMPLE_CASE.ticket,
    evidence: SAMPLE_CASE.evidence,
    holdReference: null,
    lostWallet: LOST,
    country: 756,
    oldIdentity: preview.oldIdentity,
    replacement: { address: REPLACEMENT, kind: 'given', control: 'proof', identity: NEW_IDENTITY },
    adopts: false,
    tokens: preview.tokens.map(({ address, symbol }) => ({
      address,
      symbol,
      amount: 'whole balance' as const,
    })),
    steps: [
      step('create_identity', 'create_identity', 'prepare', null, preview),
      step('recover_identity', 'recover_identity', 'relink', null, preview),
      ...preview.tokens.map((token) =>
        step('recover_token', 'recover_tokens', 'token', token.address, preview),
      ),
    ],
    highestCost: '8442000000000000',
  };
}

function step(
  name: string,
  phase: Plan['steps'][number]['phase'],
  role: Plan['steps'][number]['role'],
  token: Plan['steps'][number]['token'],
  preview: Preview,
): Plan['steps'][number] {
  return {
    name: token === null ? `${name}:${LOST}` : `${name}:${LOST}:${token}`,
    phase,
    role,
    token,
    wallet: LOST,
    right: token === null ? 'identityManager' : 'custodian',
    signer: OPERATOR,
    call: { to: token ?? preview.network.system, data: '0x' },
  };
}

function impactStep(planned: boolean): Wizard {
  const preview = samplePreview(12, false);
  const plan = samplePlan(preview);
  return {
    step: 'impact',
    subject: SUBJECT,
    case: SAMPLE_CASE,
    read: read(preview),
    generatedAllowed: true,
    callBackAllowed: true,
    holdReferenceNeeded: true,
    challenge: planned
      ? {
          replacement: REPLACEMENT,
          typedData: JSON.stringify({ primaryType: 'ReplacementWallet', message: { lost: LOST } }, null, 2),
          expires: minutesAgo(-15),
          practiceSignature: null,
        }
      : null,
    planned: planned ? { plan, digest: digestOf(plan) } : null,
  };
}

function confirmStep(beginning: boolean): Wizard {
  const preview = samplePreview(12, false);
  const plan = samplePlan(preview);
  return {
    step: 'confirm',
    subject: SUBJECT,
    case: SAMPLE_CASE,
    read: read(preview),
    planned: { plan, digest: digestOf(plan) },
    beginning,
  };
}

const RECOVERY_ID = 'R-0123456789';

function progressStep(practice: boolean, stopped: boolean): Wizard {
  const { tokens } = samplePreview(12, practice);
  return {
    step: 'progress',
    progress: {
      recoveryId: RECOVERY_ID,
      status: stopped ? 'waiting' : 'running',
      working: !stopped,
      subject: 'Maren Holt',
      lostWallet: LOST,
      replacementWallet: REPLACEMENT,
      operator: OPERATOR,
      practice,
      noReturn: true,
      phases: PHASES.map((name, index) => ({
        name,
        status:
          name === 'contain' || name === 'create_wallet'
            ? ('skipped' as const)
            : index < 5
              ? ('done' as const)
              : index === 5
                ? ('running' as const)
                : ('pending' as const),
        startedAt: index <= 5 ? minutesAgo(3 - index / 3) : null,
        finishedAt: index < 5 ? minutesAgo(3 - (index + 1) / 3) : null,
      })),
      phase: 'recover_tokens',
      tokens: tokens.map((token, index) => ({
        token: token.address,
        symbol: token.symbol,
        state:
          token.predicted.outcome === 'fails'
            ? ('failed' as const)
            : index < 5
              ? ('recovered' as const)
              : index === 6
                ? ('running' as const)
                : ('pending' as const),
        message: token.predicted.outcome === 'fails' ? token.predicted.message : null,
      })),
      now: stopped ? 'Nothing is being done now.' : 'Recovering MTR: waiting until its block is final.',
      startedAt: minutesAgo(3),
      reason: stopped ? { ...REFUSAL } : null,
      transactions: { sent: 9, mined: 7, final: 6 },
    },
  };
}

function summaryStep(): Wizard {
  const preview = samplePreview(12, false);
  const failures = preview.tokens.flatMap((token) =>
    token.predicted.outcome === 'fails'
      ? [
          {
            token: token.address,
            symbol: token.symbol,
            reason: token.predicted.reason,
            message: token.predicted.message,
            remedy: token.predicted.remedy,
          },
        ]
      : [],
  );
  return {
    step: 'summary',
    subject: 'Maren Holt',
    read: read(preview),
    mayRetry: true,
    result: {
      status: 'completed_with_token_failures',
      recoveryId: RECOVERY_ID,
      protocol: 'smart',
      chainId: 7_341_925,
      practice: false,
      lostWallet: LOST,
      replacementWallet: REPLACEMENT,
      replacementIdentity: NEW_IDENTITY,
      wallets: [{ lost: LOST, replacement: REPLACEMENT, identity: NEW_IDENTITY }],
      tokens: { total: 12, recovered: 12 - failures.length, failed: failures.length, failures },
      phases: PHASES.map((name, index) => ({
        name,
        status: name === 'recover_tokens' ? 'partly' : name === 'contain' ? 'skipped' : 'done',
        startedAt: minutesAgo(9 - index / 2),
        finishedAt: minutesAgo(8.5 - index / 2),
      })),
      followUps: [
        {
          code: 'CLAIMS_TO_REISSUE',
          message: 'Ask the trusted issuers to issue the claim "Know your customer" again.',
        },
        { code: 'TOKENS_TO_RETRY', message: 'Two tokens failed: retry them when their cause is gone.' },
        { code: 'NOT_RECOVERABLE_HERE', message: 'The lost wallet still holds 0.3184 coins and 1,250 USDX.' },
      ],
      transactions: [
        { step: `recover_identity:${LOST}`, hash: sampleHash('tx 1'), status: 'final' },
        {
          step: `recover_token:${LOST}:${sampleAddress('token 0')}`,
          hash: sampleHash('tx 2'),
          status: 'final',
        },
      ],
      planDigest: sampleHash('plan'),
      previewDigest: digestOf(preview),
    },
  };
}

/** Each scene by its name; made anew at every call, for times run. */
export const SCENES = {
  start: () => ({ state: EMPTY, wizard: NO_WIZARD }),
  'start-networks': () => ({
    state: { ...EMPTY, networks: NETWORKS.map((network) => ({ ...network, chosen: false })) },
    wizard: NO_WIZARD,
  }),
  failed: () => ({
    state: { ...SIGNED_OUT, connection: { status: 'failed', name: REAL.name, error: REFUSAL } },
    wizard: NO_WIZARD,
  }),
  'signed-out': () => ({ state: SIGNED_OUT, wizard: NO_WIZARD }),
  'signed-in': () => ({ state: SIGNED_IN, wizard: NO_WIZARD }),
  'nobody-known': () => ({ state: SIGNED_IN, wizard: NO_WIZARD, people: 0, recoveries: 0 }),
  unreachable: () => ({
    state: SIGNED_IN,
    wizard: NO_WIZARD,
    refused: {
      'participants.search': REFUSAL,
      'participants.get': REFUSAL,
      'recovery.list': REFUSAL,
      'networks.check': REFUSAL,
      'review.open': ALTERED,
    },
  }),
  practice: () => ({ state: TRAINING, wizard: NO_WIZARD, people: 40 }),
  case: () => ({ state: SIGNED_IN, wizard: { step: 'case', subject: SUBJECT, case: null } }),
  preview: () => ({ state: SIGNED_IN, wizard: previewStep(samplePreview(12, false)) }),
  'preview-many': () => ({ state: SIGNED_IN, wizard: previewStep(samplePreview(1000, false)) }),
  'preview-blocked': () => ({ state: SIGNED_IN, wizard: previewStep(blockedPreview()) }),
  impact: () => ({ state: SIGNED_IN, wizard: impactStep(false) }),
  'impact-planned': () => ({ state: SIGNED_IN, wizard: impactStep(true) }),
  confirm: () => ({ state: SIGNED_IN, wizard: confirmStep(false) }),
  'confirm-beginning': () => ({
    state: { ...SIGNED_IN, lockedOn: 'being begun' },
    wizard: confirmStep(true),
  }),
  progress: () => ({ state: { ...SIGNED_IN, lockedOn: RECOVERY_ID }, wizard: progressStep(false, false) }),
  'progress-practice': () => ({
    state: { ...TRAINING, lockedOn: RECOVERY_ID },
    wizard: progressStep(true, false),
  }),
  'progress-waiting': () => ({
    state: { ...SIGNED_IN, lockedOn: RECOVERY_ID },
    wizard: progressStep(false, true),
  }),
  'progress-unreachable': () => ({
    state: {
      ...SIGNED_OUT,
      connection: { status: 'failed', name: REAL.name, error: REFUSAL },
      lockedOn: RECOVERY_ID,
    },
    wizard: progressStep(false, true),
  }),
  summary: () => ({ state: SIGNED_IN, wizard: summaryStep() }),
} as const satisfies Record<string, () => Scene>;

export type SceneName = keyof typeof SCENES;
