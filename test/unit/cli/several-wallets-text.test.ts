import { describe, expect, it } from 'vitest';
import { recheckText } from '../../../electron/cli/claims-text.ts';
import { planText } from '../../../electron/cli/plan-text.ts';
import { previewText } from '../../../electron/cli/preview-text.ts';
import { progressTeller } from '../../../electron/cli/progress-text.ts';
import { resultText } from '../../../electron/cli/result-text.ts';
import { recoveryResultSchema } from '../../../shared/outcome.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { planSchema } from '../../../shared/plan.ts';
import type { Plan } from '../../../shared/plan.ts';
import { previewSchema } from '../../../shared/preview.ts';
import type { Preview, TokenPreview } from '../../../shared/preview.ts';
import { address, hash, samplePlan, samplePreview, sampleStep } from '../store/records.ts';

const [FIRST, NEW, ACCOUNT, NEW_ACCOUNT] = [address(1), address(2), address(3), address(4)];
const [MOVING, STAYING, OPEN, BEFORE] = [address(5), address(6), address(7), address(8)];
const [OLD, IDENTITY] = [address(0x1d), address(0x2d)];

function token(symbol: string, at: number): TokenPreview {
  return {
    address: address(at),
    name: symbol,
    symbol,
    decimals: 0,
    balance: '5',
    frozen: '0',
    addressFrozen: false,
    paused: false,
    custodianRight: true,
    predicted: { outcome: 'recovers', by: 'simulation' },
  };
}

function preview(): Preview {
  const sample = samplePreview();
  const { lost } = sample;
  const chosen = { identity: IDENTITY, identityExists: false, standing: { ...lost, registered: false } };
  const other = { standing: lost, contract: false, holds: ['CHF'] };
  return previewSchema.parse({
    ...sample,
    replacement: { ...chosen, address: NEW, kind: 'given', control: 'proof' },
    tokens: [token('BND', 0x70)],
    rights: [{ kind: 'token_role', on: address(0x70), onName: 'BND', right: 'SUPPLY_MANAGEMENT_ROLE' }],
    further: [
      {
        lostWallet: ACCOUNT,
        lost,
        oldIdentity: OLD,
        replacement: { ...chosen, address: NEW_ACCOUNT, kind: 'account', control: 'proof' },
        adopts: false,
        tokens: [token('EUR', 0x71)],
        notRecoverable: { nativeBalance: '7000000000000000000', tokens: [] },
        rights: [{ kind: 'claim_issuer_key', on: address(0x55), onName: 'issuer', right: 'signs claims' }],
      },
      {
        lostWallet: BEFORE,
        lost: { ...lost, registered: false, markedLost: true, linkedTo: FIRST },
        oldIdentity: OLD,
        replacement: { ...chosen, address: FIRST, kind: 'given', control: 'standing' },
        adopts: true,
        tokens: [],
        notRecoverable: { nativeBalance: '0', tokens: [] },
      },
    ],
    others: [
      { ...other, wallet: MOVING, says: 'moves' },
      { ...other, wallet: STAYING, contract: true, holds: [], says: 'stays' },
      { ...other, wallet: OPEN, says: 'undecided' },
    ],
  });
}

function plan(): Plan {
  const sample = samplePlan();
  return planSchema.parse({
    ...sample,
    further: [
      {
        lostWallet: ACCOUNT,
        country: 276,
        oldIdentity: OLD,
        replacement: { address: NEW_ACCOUNT, kind: 'account', control: 'proof', identity: IDENTITY },
        adopts: false,
        tokens: [{ address: address(0x71), symbol: 'EUR', amount: 'whole balance' }],
      },
    ],
    healthy: [
      { wallet: MOVING, identity: OLD, moves: true },
      { wallet: STAYING, identity: OLD, moves: false },
    ],
    steps: [sampleStep(), sampleStep({ name: `recover_token:${ACCOUNT}:${address(0x71)}`, wallet: ACCOUNT })],
  });
}

function result(): RecoveryResult {
  return recoveryResultSchema.parse({
    status: 'completed_with_token_failures',
    recoveryId: 'R-0123456789',
    protocol: 'smart',
    chainId: 1,
    practice: false,
    lostWallet: FIRST,
    replacementWallet: NEW,
    replacementIdentity: IDENTITY,
    wallets: [
      { lost: FIRST, replacement: NEW, identity: IDENTITY },
      { lost: ACCOUNT, replacement: NEW_ACCOUNT, identity: IDENTITY },
    ],
    healthy: [
      { wallet: MOVING, identity: IDENTITY, outcome: 'moved' },
      { wallet: STAYING, identity: OLD, outcome: 'failed' },
    ],
    tokens: {
      total: 2,
      recovered: 1,
      failed: 1,
      failures: [
        {
          token: address(0x71),
          lostWallet: ACCOUNT,
          symbol: 'EUR',
          reason: 'TOKEN_PAUSED',
          message: 'It is paused.',
          remedy: 'Have it unpaused.',
        },
      ],
    },
    phases: [],
    followUps: [],
    transactions: [],
    planDigest: hash(1),
    previewDigest: hash(2),
  });
}

/** Lines of a text, without what only sets them apart. */
const linesOf = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.trim().replaceAll(/\s+/gu, ' '));

describe('a preview of several wallets', () => {
  const lines = linesOf(previewText(preview(), hash(3)));

  it('tells of every lost wallet in full what replaces it', () => {
    expect(lines).toContain(`Lost wallet ${FIRST}`);
    expect(lines).toContain(`Lost too ${ACCOUNT}`);
    expect(lines).toContain(`Replacement ${NEW_ACCOUNT} (a smart account, owned by the first replacement)`);
    expect(lines).toContain(`Lost before ${BEFORE}`);
    expect(lines).toContain(`Replacement ${FIRST} (linked on chain before)`);
  });

  it('lists the tokens, the rights and what is out of reach under the wallet that has them', () => {
    const [own, further] = [lines.indexOf(`Lost wallet ${FIRST}`), lines.indexOf(`Lost too ${ACCOUNT}`)];
    const at = (start: string): number => lines.findIndex((line) => line.startsWith(start));

    for (const start of ['BND BND', 'SUPPLY_MANAGEMENT_ROLE on BND']) {
      expect(at(start), start).toBeGreaterThan(own);
      expect(at(start), start).toBeLessThan(further);
    }
    for (const start of ['EUR EUR', 'a key (signs claims) on the claim issuer', 'Not recoverable here: 7']) {
      expect(at(start), start).toBeGreaterThan(further);
    }
  });

  it('lists every other wallet with what it holds and what was said of it', () => {
    expect(lines).toContain(`${MOVING} key 276 CHF moves to the new identity`);
    expect(lines).toContain(`${STAYING} smart account 276 nothing stays with the old identity`);
    expect(lines).toContain(`${OPEN} key 276 CHF NOT SAID`);
  });
});

describe('a plan of several wallets', () => {
  const lines = linesOf(planText(plan(), hash(4)));

  it('tells each lost wallet with its replacement in full, and what becomes of the healthy ones', () => {
    expect(lines).toContain(`Lost wallet ${FIRST}`);
    expect(lines).toContain(`Replacement ${NEW}, the holder proved control of it`);
    expect(lines).toContain(`Lost wallet ${ACCOUNT}`);
    expect(lines).toContain(`Replacement ${NEW_ACCOUNT}, a smart account that the first replacement owns`);
    expect(lines).toContain(`Healthy wallet ${MOVING}, moves to the identity ${IDENTITY}`);
    expect(lines).toContain(`Healthy wallet ${STAYING}, stays with the identity ${OLD}`);
  });

  it('counts balances by wallet and token', () => {
    expect(lines).toContain('Recover the whole balance 2 balances of 2 wallets custodian');
  });

  it('of one wallet counts its tokens', () => {
    const one = linesOf(planText({ ...samplePlan(), steps: [sampleStep()] }, hash(4)));

    expect(one).toContain('Recover the whole balance 1 token custodian');
  });
});

describe('a result of several wallets', () => {
  const lines = linesOf(resultText(result()));

  it('tells each wallet, the outcome of the healthy ones, and of which wallet a token was not recovered', () => {
    for (const line of [
      `Lost wallet ${FIRST}`,
      `Replacement wallet ${NEW}`,
      `Lost wallet ${ACCOUNT}`,
      `Replacement wallet ${NEW_ACCOUNT}`,
      `Healthy wallet ${MOVING}, moved to the identity ${IDENTITY}`,
      `Healthy wallet ${STAYING}, could not be moved, is with the identity ${OLD}`,
      `EUR of ${ACCOUNT} TOKEN_PAUSED: It is paused.`,
    ]) {
      expect(lines).toContain(line);
    }
  });
});

describe('a recheck of several wallets', () => {
  it('tells each with its tokens and what stands in its way', () => {
    const checked = { decimals: 0, balance: '5', transfer: 'yes' as const, reasons: [] };
    const text = recheckText({
      recoveryId: 'R-0123456789',
      chainId: 1,
      practice: false,
      block: { number: 1, hash: hash(1), time: '2026-01-02T03:04:05.000Z' },
      replacementWallet: NEW,
      replacementIdentity: IDENTITY,
      tokens: [{ ...checked, token: address(0x70), symbol: 'BND', hold: 'yes' }],
      further: [
        {
          wallet: NEW_ACCOUNT,
          kind: 'replacement',
          identity: null,
          tokens: [{ ...checked, token: address(0x71), symbol: 'EUR', hold: 'no' }],
          reasons: ['The replacement wallet is not registered.'],
        },
        { wallet: MOVING, kind: 'healthy', identity: IDENTITY, tokens: [], reasons: [] },
      ],
      green: false,
    });

    const lines = linesOf(text);
    expect(lines).toContain(`Replacement wallet ${NEW_ACCOUNT}`);
    expect(lines).toContain('The replacement wallet is not registered.');
    expect(lines).toContain('EUR 5 no yes');
    expect(lines).toContain(`Healthy wallet ${MOVING}`);
    expect(lines).toContain('It holds no token of the system.');
  });
});

describe('progress', () => {
  it('tells of a phase that is gone on with in turns only what is new, and of tokens each', () => {
    const said: string[] = [];
    const tell = progressTeller((line) => said.push(line));
    const recovered = {
      kind: 'token',
      total: 2,
      token: address(0x70),
      symbol: 'BND',
      outcome: 'recovered',
    } as const;

    tell({ kind: 'phase', phase: 'recover_identity', status: 'running' });
    tell({ kind: 'phase', phase: 'recover_identity', status: 'running' });
    tell({ ...recovered, index: 1 });
    tell({ ...recovered, index: 2 });
    tell({ kind: 'phase', phase: 'recover_identity', status: 'done' });

    expect(said).toEqual([
      'Identity recovery: running',
      '  token 1 of 2  BND  recovered',
      '  token 2 of 2  BND  recovered',
      'Identity recovery: done',
    ]);
  });
});
