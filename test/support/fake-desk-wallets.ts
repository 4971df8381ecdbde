/** Sample data of a person with several wallets, for the double of the desk: two lost, one lost before, one in use. */
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import type { ProgressView } from '../../shared/wizard.ts';
import {
  LOST,
  NEW_IDENTITY,
  OPERATOR,
  REPLACEMENT,
  sampleAddress,
  samplePreview,
  sampleTokens,
} from './fake-desk-data.ts';

const OLD_IDENTITY = sampleAddress('identity of maren-holt');
const ACCOUNT = sampleAddress('smart account of maren-holt');
const HEALTHY = sampleAddress('second wallet of maren-holt');
const EARLIER = sampleAddress('wallet that maren-holt lost before');
const NEW_ACCOUNT = sampleAddress('new smart account of maren-holt');

const REGISTERED = {
  registered: true,
  identity: OLD_IDENTITY,
  country: 756,
  markedLost: false,
  linkedTo: null,
} as const;

const NOTHING_LEFT = { nativeBalance: '0', tokens: [] } as const;

type Further = NonNullable<Preview['further']>[number];

const LOST_BEFORE: Further = {
  lostWallet: EARLIER,
  lost: { registered: false, identity: null, country: null, markedLost: true, linkedTo: LOST },
  oldIdentity: sampleAddress('first identity of maren-holt'),
  replacement: {
    address: LOST,
    kind: 'adopted',
    control: 'standing',
    identity: OLD_IDENTITY,
    identityExists: true,
    standing: REGISTERED,
  },
  adopts: true,
  tokens: [...sampleTokens(1)],
  notRecoverable: { ...NOTHING_LEFT, tokens: [] },
};

const RIGHTS: NonNullable<Further['rights']> = [
  { kind: 'token_role', on: sampleAddress('token 0'), onName: 'HBR', right: 'SUPPLY_MANAGEMENT_ROLE' },
  { kind: 'claim_issuer_key', on: sampleAddress('issuer a'), onName: 'claim issuer', right: 'claim signer' },
];

/** As it is first read: nothing was said of the other wallets. */
export function undecidedPreview(): Preview {
  const preview = samplePreview(4, false);
  const other = { standing: REGISTERED, says: 'undecided' as const };
  return {
    ...preview,
    rights: RIGHTS,
    further: [LOST_BEFORE],
    others: [
      { ...other, wallet: ACCOUNT, contract: true, holds: ['GRD', 'ALP', 'OCN'] },
      { ...other, wallet: HEALTHY, contract: false, holds: ['NVA'] },
    ],
    blockers: [
      {
        code: 'WALLET_UNDECIDED',
        message: `The person's identity has more wallets: ${ACCOUNT}, ${HEALTHY}.`,
        remedy:
          'Say of each whether it is lost too, or is in the hands of the person and moves to the new identity or stays.',
      },
    ],
    warnings: [
      {
        code: 'ROLES_OF_LOST_WALLET',
        message: `A lost wallet holds rights that no recovery takes away. ${LOST}: SUPPLY_MANAGEMENT_ROLE on HBR.`,
        remedy:
          'Have whoever administers them revoke them, and give them to the replacement where it is due.',
      },
      ...preview.warnings,
    ],
  };
}

/** Read again: the smart account is lost too, the other wallet moves along. @param tokens of the smart account. */
export function saidPreview(tokens = 5): Preview {
  const { others: _undecided, further: _before, ...undecided } = undecidedPreview();
  const account: Further = {
    lostWallet: ACCOUNT,
    contract: true,
    lost: REGISTERED,
    oldIdentity: OLD_IDENTITY,
    replacement: null,
    adopts: false,
    tokens: [...sampleTokens(tokens)],
    notRecoverable: { nativeBalance: '20000000000000000', tokens: [] },
  };
  return {
    ...undecided,
    further: [account, LOST_BEFORE],
    others: [{ wallet: HEALTHY, standing: REGISTERED, contract: false, holds: ['NVA'], says: 'moves' }],
    blockers: [],
  };
}

/** What each lost wallet's tokens are counted and planned by. */
function walletsWithTokens(preview: Preview): readonly Pick<Further, 'lostWallet' | 'tokens'>[] {
  return [{ lostWallet: LOST, tokens: preview.tokens }, ...(preview.further ?? [])];
}

/** The plan of one wallet, with those of the others. */
export function severalPlan(plan: Plan, preview: Preview): Plan {
  const step = (role: PlanStep['role'], wallet: PlanStep['wallet'], token: PlanStep['token']): PlanStep => ({
    name: `${role}:${wallet}${token === null ? '' : `:${token}`}`,
    phase: token === null ? (role === 'prepare' ? 'create_identity' : 'recover_identity') : 'recover_tokens',
    role,
    token,
    wallet,
    right: token === null ? 'identityManager' : 'custodian',
    signer: OPERATOR,
    call: { to: token ?? preview.network.system, data: '0x' },
  });
  const planned = ({ tokens }: Pick<Further, 'tokens'>): Plan['tokens'] =>
    tokens.map(({ address, symbol }) => ({ address, symbol, amount: 'whole balance' as const }));
  return {
    ...plan,
    further: (preview.further ?? []).map((one) => {
      const before = one.replacement?.control === 'standing';
      return {
        lostWallet: one.lostWallet,
        country: 756,
        oldIdentity: one.oldIdentity,
        replacement: before
          ? { address: LOST, kind: 'adopted', control: 'standing', identity: OLD_IDENTITY }
          : { address: NEW_ACCOUNT, kind: 'account', control: 'proof', identity: NEW_IDENTITY },
        adopts: before,
        tokens: planned(one),
      };
    }),
    healthy: [{ wallet: HEALTHY, identity: OLD_IDENTITY, moves: true }],
    steps: [
      step('prepare', REPLACEMENT, null),
      step('prepare', NEW_ACCOUNT, null),
      step('relink', LOST, null),
      step('relink', ACCOUNT, null),
      step('move', HEALTHY, null),
      ...walletsWithTokens(preview).flatMap(({ lostWallet, tokens }) =>
        tokens.map(({ address }) => step('token', lostWallet, address)),
      ),
    ],
  };
}

/** The pairs that progress and summary show. */
const PAIRS = [
  { lost: LOST, replacement: REPLACEMENT },
  { lost: ACCOUNT, replacement: NEW_ACCOUNT },
  { lost: EARLIER, replacement: LOST },
] as const;

export function severalProgress(): Pick<ProgressView, 'wallets' | 'tokens' | 'now'> {
  const tokens = walletsWithTokens(saidPreview()).flatMap(({ lostWallet, tokens: own }) =>
    own.map((token) => ({ lostWallet, token })),
  );
  return {
    wallets: [...PAIRS],
    tokens: tokens.map(({ lostWallet, token }, index) => {
      const { predicted } = token;
      const state = index < 5 ? 'recovered' : index === 5 ? 'running' : 'pending';
      return {
        lostWallet,
        token: token.address,
        symbol: token.symbol,
        state: predicted.outcome === 'fails' ? ('failed' as const) : state,
        message: predicted.outcome === 'fails' ? predicted.message : null,
      };
    }),
    now: 'Recovering NVA: waiting until its block is final.',
  };
}

export function severalResult(result: RecoveryResult): RecoveryResult {
  const failures = walletsWithTokens(saidPreview()).flatMap(({ lostWallet, tokens }) =>
    tokens.flatMap(({ address, symbol, predicted }) => {
      if (predicted.outcome !== 'fails') return [];
      const { reason, message, remedy } = predicted;
      return [{ token: address, lostWallet, symbol, reason, message, remedy }];
    }),
  );
  return {
    ...result,
    wallets: PAIRS.map((pair) => ({
      ...pair,
      identity: pair.replacement === LOST ? OLD_IDENTITY : NEW_IDENTITY,
    })),
    healthy: [{ wallet: HEALTHY, identity: NEW_IDENTITY, outcome: 'moved' }],
    tokens: { total: 10, recovered: 10 - failures.length, failed: failures.length, failures },
    followUps: [
      {
        code: 'REVOKE_ROLE',
        message: `A recovery takes no right away from a lost wallet. Have whoever administers them revoke: ${LOST}: SUPPLY_MANAGEMENT_ROLE on HBR.`,
      },
      ...result.followUps,
    ],
  };
}
