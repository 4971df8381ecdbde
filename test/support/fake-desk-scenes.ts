/** The scenes in which the double of the desk can be looked at. */
import type { ProcedureName } from '../../shared/contract-names.ts';
import type { DeskLock, DeskState, Drill } from '../../shared/desk-state.ts';
import type { ErrorView } from '../../shared/answer.ts';
import { digestOf } from '../../shared/canonical.ts';
import type { ProgressView, RecoveryPart, Wizard } from '../../shared/wizard.ts';
import { PHASES } from '../../shared/phases.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import {
  CUSTODIAN,
  CUSTODIANS,
  LOST,
  NEW_IDENTITY,
  OPEN,
  OPERATOR,
  OPERATORS,
  PASSPHRASES,
  REPLACEMENT,
  SAFE,
  SAMPLE_CASE,
  SIGNED_IN_CUSTODIAN,
  SIGNED_IN_OPERATOR,
  blockedPreview,
  minutesAgo,
  sampleAddress,
  sampleHash,
  samplePreview,
  splitPreview,
} from './fake-desk-data.ts';
import {
  saidPreview,
  severalPlan,
  severalProgress,
  severalResult,
  undecidedPreview,
} from './fake-desk-wallets.ts';

export interface Scene {
  readonly state: DeskState;
  readonly wizard: Wizard;
  /** Procedures that are refused with an error. */
  readonly refused?: Readonly<Record<string, ErrorView>>;
  /** Procedures that are never answered, as while somebody types in another window. */
  readonly unanswered?: readonly ProcedureName[];
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

const DELAYED: ErrorView = {
  code: 'SIGN_IN_DELAYED',
  message: 'After wrong attempts the next one has to wait for 32 seconds. Nobody was signed in.',
  remedy: 'Wait, then try again with the right passphrase.',
  retry: 'safe',
};

const HELD: ErrorView = {
  code: 'LOCKED_ON_RECOVERY',
  message: 'A recovery is being executed with your key. You are still signed in, and the desk stays locked.',
  remedy: 'Unlock the desk, and bring the recovery to its end.',
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
  directory: null,
  operator: null,
  operators: [...OPERATORS],
  damagedOperators: [],
  signInWays: PASSPHRASES,
  lock: OPEN,
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
  directory: 'file',
  operator: SIGNED_IN_OPERATOR,
};
const TRAINING: DeskState = {
  ...EMPTY,
  connection: PRACTICE,
  operator: { ...SIGNED_IN_OPERATOR, name: 'Practice operator', code: false },
  operators: [{ id: 'O-0000000004', name: 'Practice operator', signIn: 'passphrase', key: 'keystore' }],
  drills: [...DRILLS],
};

const TEAM: DeskState = {
  ...SIGNED_OUT,
  operators: OPERATORS.map((one) => (one.key === 'ledger' ? one : { ...one, signIn: 'oidc' as const })),
  signInWays: { ...PASSPHRASES, passphrase: false, oidc: 'login.aldgate.example' },
};

const NO_KEYCHAIN: ErrorView = {
  code: 'KEYCHAIN_UNAVAILABLE',
  message: 'There is no keychain on this machine, or none in this session.',
  remedy:
    'Work in a desktop session that has a keychain (such as GNOME Keyring or KWallet). Ask who manages the machine if there is none.',
  retry: 'safe',
};

function firstRun(ways: Partial<DeskState['signInWays']>): Scene {
  return {
    state: { ...SIGNED_OUT, operators: [], signInWays: { ...PASSPHRASES, ...ways } },
    wizard: NO_WIZARD,
  };
}

function away(lock: Omit<DeskLock, 'since'>, lockedOn: string | null = null): Scene {
  return { state: { ...SIGNED_IN, lock: { ...lock, since: minutesAgo(12) }, lockedOn }, wizard: NO_WIZARD };
}

const NO_WIZARD: Wizard = { step: 'none' };
const SUBJECT = { key: { participantId: 'maren-holt', wallet: null }, name: 'Maren Holt', id: 'maren-holt' };

function read(preview: Preview): { preview: Preview; digest: ReturnType<typeof digestOf> } {
  return { preview, digest: digestOf(preview) };
}

function previewStep(preview: Preview): Wizard {
  return { step: 'preview', subject: SUBJECT, case: SAMPLE_CASE, read: read(preview) };
}

function samplePlan(preview: Preview, custodian = OPERATOR): Plan {
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
        step('recover_token', 'recover_tokens', 'token', token.address, preview, custodian),
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
  signer = OPERATOR,
): Plan['steps'][number] {
  return {
    name: token === null ? `${name}:${LOST}` : `${name}:${LOST}:${token}`,
    phase,
    role,
    token,
    wallet: LOST,
    right: token === null ? 'identityManager' : 'custodian',
    signer,
    call: { to: token ?? preview.network.system, data: '0x' },
  };
}

function impactStep(planned: boolean, custodian = OPERATOR): Wizard {
  const preview = custodian === OPERATOR ? samplePreview(12, false) : splitPreview(custodian, false);
  const plan = samplePlan(preview, custodian);
  return {
    step: 'impact',
    subject: SUBJECT,
    case: SAMPLE_CASE,
    read: read(preview),
    generatedAllowed: true,
    callBackAllowed: true,
    holdReferenceNeeded: true,
    accountAllowed: true,
    challenges: planned
      ? [
          {
            lostWallet: LOST,
            replacement: REPLACEMENT,
            typedData: JSON.stringify({ primaryType: 'ReplacementWallet', message: { lost: LOST } }, null, 2),
            expires: minutesAgo(-15),
            practiceSignature: null,
          },
        ]
      : [],
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

/** @param planned whether the replacements are chosen. */
function severalImpact(planned: boolean): Wizard {
  const wizard = impactStep(planned);
  if (wizard.step !== 'impact') throw new Error('the scene has no impact');
  const preview = saidPreview();
  const several = { ...wizard, holdReferenceNeeded: false, read: read(preview) };
  if (wizard.planned === null) return several;
  const plan = severalPlan(samplePlan(preview), preview);
  return { ...several, planned: { plan, digest: digestOf(plan) } };
}

function severalConfirm(): Wizard {
  const wizard = confirmStep(false);
  if (wizard.step !== 'confirm') throw new Error('the scene has no confirmation');
  const preview = saidPreview();
  const plan = severalPlan(samplePlan(preview), preview);
  return { ...wizard, read: read(preview), planned: { plan, digest: digestOf(plan) } };
}

function severalSummary(): Wizard {
  const wizard = summaryStep();
  if (wizard.step !== 'summary') throw new Error('the scene has no summary');
  return { ...wizard, read: read(saidPreview()), result: severalResult(wizard.result) };
}

const RECOVERY_ID = 'R-0123456789';

const MANAGER_PART: RecoveryPart = {
  address: OPERATOR,
  name: 'R. Amstutz',
  rights: ['none', 'identityManager', 'custodian'],
  steps: 14,
  left: 5,
  confirmed: true,
  external: false,
  waitedFor: false,
};

/** Only the identity manager's, where another signs token steps. */
const HALF_PART: RecoveryPart = {
  ...MANAGER_PART,
  rights: ['none', 'identityManager'],
  steps: 2,
  left: 0,
};

const CUSTODIAN_PART: RecoveryPart = {
  address: CUSTODIAN,
  name: 'L. Brandt',
  rights: ['custodian'],
  steps: 12,
  left: 12,
  confirmed: false,
  external: false,
  waitedFor: true,
};

const SAFE_PART: RecoveryPart = { ...CUSTODIAN_PART, address: SAFE, name: 'Issuer Safe', external: true };

const WAITING_FOR_CUSTODIAN: ErrorView = {
  code: 'WAITING_FOR_OPERATOR',
  message: 'The identity is recovered. The token steps wait for L. Brandt, who signs them as custodian.',
  remedy: 'L. Brandt signs in at this desk, and confirms that part.',
  retry: 'safe',
};

const WAITING_FOR_SAFE: ErrorView = {
  code: 'WAITING_FOR_SIGNATURES',
  message: 'The identity is recovered. The token steps wait for transactions that are signed by Issuer Safe.',
  remedy: 'Save the calls, and have them carried out there. The desk watches the chain.',
  retry: 'safe',
};

const WAITING_FOR_UNLOCK: ErrorView = {
  code: 'DESK_LOCKED',
  message: 'The desk was locked, and the key was taken out of memory. What was sent before is kept.',
  remedy: 'Resume it: it looks at the chain first and goes on from there.',
  retry: 'safe',
};

function progressWith(change: Partial<ProgressView>, stopped = true): Wizard {
  const wizard = progressStep(false, stopped);
  if (wizard.step !== 'progress') throw new Error('the scene has no progress');
  return { ...wizard, progress: { ...wizard.progress, ...change } };
}

/** The identity is recovered, and everything else waits for somebody. */
function progressWaiting(parts: readonly RecoveryPart[], reason: ErrorView): Wizard {
  const tokens = samplePreview(12, false).tokens.map(({ address, symbol }) => ({
    lostWallet: LOST,
    token: address,
    symbol,
    state: 'pending' as const,
    message: null,
  }));
  return progressWith({ parts: [...parts], reason: reasonOf(reason), tokens });
}

function reasonOf({ code, message, remedy }: ErrorView): ProgressView['reason'] {
  return { code, message, remedy };
}

function progressStep(practice: boolean, stopped: boolean): Wizard {
  const { tokens } = samplePreview(12, practice);
  return {
    step: 'progress',
    progress: {
      recoveryId: RECOVERY_ID,
      status: stopped ? 'waiting' : 'running',
      working: !stopped,
      subject: 'Maren Holt',
      wallets: [{ lost: LOST, replacement: REPLACEMENT }],
      operator: OPERATOR,
      planDigest: sampleHash('plan'),
      parts: [MANAGER_PART],
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
        lostWallet: LOST,
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
      reason: stopped ? reasonOf(REFUSAL) : null,
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
  'signed-out-team': () => ({ state: TEAM, wizard: NO_WIZARD }),
  'signing-in': () => ({ state: SIGNED_OUT, wizard: NO_WIZARD, unanswered: ['operator.signIn'] }),
  'sign-in-refused': () => ({
    state: SIGNED_OUT,
    wizard: NO_WIZARD,
    refused: { 'operator.signIn': DELAYED },
  }),
  'first-run': () => firstRun({ oidc: 'login.aldgate.example' }),
  'first-run-passphrase-alone': () => firstRun({ keychainProblem: NO_KEYCHAIN, withoutKeychain: true }),
  'first-run-no-keychain': () => ({
    ...firstRun({ keychainProblem: NO_KEYCHAIN, codeRequired: true }),
    unanswered: ['operator.create'],
  }),
  'setting-up': () => ({ ...firstRun({}), unanswered: ['operator.create'] }),
  hidden: () => away({ kind: 'hidden', cause: 'idle' }, RECOVERY_ID),
  locked: () => away({ kind: 'locked', cause: 'manual' }),
  'locked-recovery': () => ({
    ...away({ kind: 'locked', cause: 'screen_lock' }, RECOVERY_ID),
    unanswered: ['operator.unlock'],
    refused: { 'operator.signOut': HELD },
  }),
  'signed-in': () => ({ state: SIGNED_IN, wizard: NO_WIZARD }),
  'signed-in-custodian': () => ({
    state: { ...SIGNED_IN, operator: SIGNED_IN_CUSTODIAN },
    wizard: NO_WIZARD,
    refused: { 'operator.setUpCode': REFUSAL, 'operator.rights': REFUSAL, 'operator.lock': REFUSAL },
  }),
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
  case: () => ({ state: SIGNED_IN, wizard: { step: 'case', subject: SUBJECT, case: null, custodians: [] } }),
  'case-split': () => ({
    state: SIGNED_IN,
    wizard: { step: 'case', subject: SUBJECT, case: null, custodians: [...CUSTODIANS] },
  }),
  preview: () => ({ state: SIGNED_IN, wizard: previewStep(samplePreview(12, false)) }),
  'preview-many': () => ({ state: SIGNED_IN, wizard: previewStep(samplePreview(1000, false)) }),
  'preview-split': () => ({ state: SIGNED_IN, wizard: previewStep(splitPreview(SAFE, true)) }),
  'preview-blocked': () => ({ state: SIGNED_IN, wizard: previewStep(blockedPreview()) }),
  impact: () => ({ state: SIGNED_IN, wizard: impactStep(false) }),
  'impact-planned': () => ({ state: SIGNED_IN, wizard: impactStep(true) }),
  'impact-split': () => ({ state: SIGNED_IN, wizard: impactStep(true, CUSTODIAN) }),
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
  'progress-split': () => ({
    state: { ...SIGNED_IN, lockedOn: RECOVERY_ID },
    wizard: progressWith(
      { parts: [HALF_PART, { ...CUSTODIAN_PART, confirmed: true, waitedFor: false, left: 7 }] },
      false,
    ),
  }),
  'progress-waiting-other': () => ({
    state: { ...SIGNED_IN, lockedOn: RECOVERY_ID },
    wizard: progressWaiting([HALF_PART, CUSTODIAN_PART], WAITING_FOR_CUSTODIAN),
  }),
  'progress-waiting-you': () => ({
    state: { ...SIGNED_IN, operator: SIGNED_IN_CUSTODIAN, lockedOn: RECOVERY_ID },
    wizard: progressWaiting([HALF_PART, CUSTODIAN_PART], WAITING_FOR_CUSTODIAN),
  }),
  'progress-waiting-signatures': () => ({
    state: { ...SIGNED_IN, lockedOn: RECOVERY_ID },
    wizard: progressWaiting([HALF_PART, SAFE_PART], WAITING_FOR_SAFE),
  }),
  'progress-was-locked': () => ({
    state: { ...SIGNED_IN, lockedOn: RECOVERY_ID },
    wizard: progressWaiting([MANAGER_PART], WAITING_FOR_UNLOCK),
  }),
  summary: () => ({ state: SIGNED_IN, wizard: summaryStep() }),
  'preview-wallets': () => ({ state: SIGNED_IN, wizard: previewStep(undecidedPreview()) }),
  'preview-wallets-said': () => ({ state: SIGNED_IN, wizard: previewStep(saidPreview()) }),
  'preview-wallets-many': () => ({ state: SIGNED_IN, wizard: previewStep(saidPreview(1000)) }),
  'impact-wallets': () => ({ state: SIGNED_IN, wizard: severalImpact(false) }),
  'impact-wallets-planned': () => ({ state: SIGNED_IN, wizard: severalImpact(true) }),
  'confirm-wallets': () => ({ state: SIGNED_IN, wizard: severalConfirm() }),
  'progress-wallets': () => ({
    state: { ...SIGNED_IN, lockedOn: RECOVERY_ID },
    wizard: progressWith(severalProgress(), false),
  }),
  'summary-wallets': () => ({ state: SIGNED_IN, wizard: severalSummary() }),
} as const satisfies Record<string, () => Scene>;

export type SceneName = keyof typeof SCENES;
