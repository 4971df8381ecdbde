import { describe, expect, it } from 'vitest';
import { followUps } from '../../../electron/recovery/follow-ups.ts';
import type { FollowUpInput } from '../../../electron/recovery/follow-up-input.ts';
import { FOLLOW_UP_CODES } from '../../../shared/outcome.ts';
import type { StepRow } from '../../../shared/journal.ts';
import type { FollowUp, TokenFailure } from '../../../shared/outcome.ts';
import type { Plan, PlanStep } from '../../../shared/plan.ts';
import type { Preview } from '../../../shared/preview.ts';
import { address, samplePlan, samplePreview, sampleStep, TOKEN_STEP } from '../store/records.ts';
import { row } from './journal-rows.ts';

const failure: TokenFailure = {
  token: address(0x70),
  symbol: 'BND',
  reason: 'TOKEN_PAUSED',
  message: 'm',
  remedy: 'r',
};

function freeze(role: 'contain' | 'release'): PlanStep {
  return {
    name: `${role === 'contain' ? 'freeze' : 'unfreeze'}:${address(1)}:${address(0x70)}`,
    phase: role === 'contain' ? 'contain' : 'recover_tokens',
    role,
    token: address(0x70),
    wallet: address(1),
    right: 'custodian',
    signer: address(0x0b),
    call: { to: address(0x70), data: '0x' },
  };
}

function funding(): PlanStep {
  return {
    name: `fund_wallet:${address(2)}`,
    phase: 'create_wallet',
    role: 'fund',
    token: null,
    wallet: address(2),
    right: 'none',
    signer: address(0x0b),
    call: { to: address(2), data: '0x', value: '42' },
  };
}

function listed(over: Partial<FollowUpInput>): readonly FollowUp[] {
  const status = 'completed_with_token_failures' as const;
  return followUps({
    status,
    plan: samplePlan(),
    preview: samplePreview(),
    failures: [],
    steps: new Map(),
    transactions: [],
    handOuts: [],
    handOver: [],
    ...over,
  });
}

function codes(over: Partial<FollowUpInput>): readonly string[] {
  return listed(over).map((item) => item.code);
}

const claim = { topic: '1', topicName: 'kyc', issuer: address(7), trusted: true };
const withClaims: Preview = {
  ...samplePreview(),
  claims: [claim, claim, { ...claim, topic: '2', topicName: null }],
};
const ownStep: Plan = {
  ...samplePlan(),
  steps: [sampleStep({ right: 'holder', signer: address(2) })],
};
const contained: Plan = { ...samplePlan(), steps: [freeze('contain'), freeze('release')] };
const done = row(freeze('contain').name, 'contain');

const frozen = { step: done.name, purpose: 'call', succeeded: true, state: 'final' } as const;

function atDirectory(word: string, over: Partial<StepRow>): FollowUpInput['steps'] {
  const name = `${word}:${address(1)}`;
  return new Map([[name, row(name, 'reset_mfa', over)]]);
}

const ACCESS = { sessions: 1, second_factors: 0, passkeys: 0, api_keys: 0, wallet_verifications: 0 };

/** What brings each follow-up about. */
const CASES: Readonly<Record<FollowUp['code'], Partial<FollowUpInput>>> = {
  HANDED_OUT_CALLS: { handOuts: [{ step: freeze('contain').name, attempt: 1, signer: address(0x5a) }] },
  CLAIMS_TO_REISSUE: { preview: withClaims },
  TOKENS_TO_RETRY: { failures: [failure] },
  LOST_WALLET_ACTIVE: { failures: [{ ...failure, reason: 'BALANCE_MOVED' }] },
  LOST_WALLET_STILL_MOVES: { failures: [failure] },
  LOST_WALLET_LEFT_FROZEN: {
    failures: [failure],
    plan: contained,
    steps: new Map([[done.name, done]]),
    transactions: [frozen],
  },
  REPLACEMENT_LEFT_FROZEN: {
    plan: contained,
    steps: new Map([
      [freeze('release').name, row(freeze('release').name, 'recover_tokens', { state: 'failed' })],
    ]),
  },
  NOT_RECOVERABLE_HERE: {
    preview: { ...samplePreview(), notRecoverable: { nativeBalance: '1', tokens: [] } },
  },
  CUT_OFF_ELSEWHERE: {
    steps: atDirectory('reset_mfa', { state: 'skipped', reason: 'NO_DIRECTORY', message: 'there is none' }),
  },
  DIRECTORY_TO_RETRY: { steps: atDirectory('revoke_sessions', { state: 'failed', message: 'It is down.' }) },
  ACCESS_SURVIVES: {
    steps: atDirectory('reset_mfa', {
      outcome: { counts: {}, survivors: [{ what: 'a trusted device', until: '2027-01-01T00:00:00Z' }] },
    }),
  },
  SIGN_IN_HELD: {
    steps: atDirectory('hold_sign_in', {
      outcome: { participantId: 'p-1', counts: { sign_in_hold: 1 }, survivors: [] },
    }),
  },
  REVOKE_ROLE: {
    preview: {
      ...samplePreview(),
      rights: [{ kind: 'token_role', on: address(0x70), onName: 'BND', right: 'CUSTODIAN_ROLE' }],
    },
  },
  HEALTHY_WALLET_STAYS: {
    plan: { ...samplePlan(), healthy: [{ wallet: address(0x31), identity: address(0x32), moves: false }] },
  },
  WALLET_NOT_RECOVERED: {
    plan: {
      ...samplePlan(),
      steps: [{ ...freeze('contain'), role: 'relink', name: `relink:${address(1)}` }],
    },
    steps: new Map([
      [
        `relink:${address(1)}`,
        row(`relink:${address(1)}`, 'recover_identity', { state: 'failed', message: 'It was refused.' }),
      ],
    ]),
  },
  HOLDER_RECOVERS: {
    plan: ownStep,
    steps: new Map([
      [TOKEN_STEP, row(TOKEN_STEP, 'recover_tokens', { state: 'failed', reason: 'TOKEN_PAUSED' })],
    ]),
    handOver: [
      {
        wallet: address(2),
        what: 'left_to_holder',
        operatorId: 'O-1',
        operator: address(0x0b),
        recipient: null,
        at: '2026-01-01T00:00:00Z',
      },
    ],
  },
  COIN_GIVEN: {
    plan: { ...samplePlan(), steps: [funding()] },
    steps: new Map([
      [funding().name, row(funding().name, 'create_wallet', { state: 'done', outcome: { block: 7 } })],
    ]),
  },
  HAND_OVER_WALLET: {
    plan: { ...samplePlan(), replacement: { ...samplePlan().replacement, control: 'generated' } },
  },
  LISTS_AND_SETTLEMENTS: {},
  LOST_WALLET_HOLDS_AGAIN: {
    steps: new Map([['v', row('v', 'verify', { outcome: { again: [failure.token], frozen: [] } })]]),
  },
  VERIFY_BY_HAND: {
    steps: new Map([['v', row('v', 'verify', { state: 'failed', message: 'Not as it should be.' })]]),
  },
};

const heldToken: Preview['tokens'][number] = {
  address: failure.token,
  name: 'Bond',
  symbol: 'BND',
  decimals: 0,
  balance: '1',
  frozen: '0',
  addressFrozen: false,
  paused: false,
  custodianRight: true,
  predicted: { outcome: 'recovers', by: 'flags' },
};

describe('follow-ups', () => {
  it.each(FOLLOW_UP_CODES)('%s follows from what brings it about', (code) => {
    expect(codes(CASES[code])).toContain(code);
  });

  it('after a recovery without anything special are the lists that name the old wallet', () => {
    expect(codes({})).toEqual(['LISTS_AND_SETTLEMENTS']);
  });

  it('tell until when what was left of the old access works, and what has to be done by hand', () => {
    expect(listed(CASES.ACCESS_SURVIVES)[0]?.message).toContain(
      'a trusted device works on until 2027-01-01T00:00:00Z',
    );
    expect(listed(CASES.CUT_OFF_ELSEWHERE)[0]?.message).toBe(
      'Where the person signs in, reset second factors: there is none.',
    );
  });

  it('of a recovery that recovered nothing send nobody back to it for what failed at the directory', () => {
    const failed = { ...CASES.DIRECTORY_TO_RETRY, status: 'failed' as const };
    expect(codes(failed)).toEqual(['CUT_OFF_ELSEWHERE']);
    expect(codes({ ...CASES.SIGN_IN_HELD, status: 'cancelled' })).toEqual(['SIGN_IN_HELD']);
  });

  it.each(['cancelled', 'failed'] as const)(
    'of a recovery that ended %s tell of a hold that was begun and not answered, and of both ways on',
    (status) => {
      const begun = { baseline: { participantId: 'p-1', before: { ...ACCESS, signIn: 'open' } } };
      for (const state of ['running', 'failed'] as const) {
        const steps = atDirectory('hold_sign_in', { ...begun, state, message: null });
        const told = listed({ steps, status });
        expect(told.map(({ code }) => code)).toEqual(['CUT_OFF_ELSEWHERE', 'SIGN_IN_HELD']);
        expect(told[0]?.message).toContain('begin a new recovery, which tries it again');
        expect(told[1]?.message).toContain('participants release');
      }
      const held = { ...begun, baseline: { participantId: 'p-1', before: { ...ACCESS, signIn: 'held' } } };
      expect(codes({ steps: atDirectory('hold_sign_in', { ...held, state: 'running' }), status })).toEqual([
        'CUT_OFF_ELSEWHERE',
      ]);
    },
  );

  it('name each claim once, by its topic where it has no name', () => {
    expect(listed(CASES.CLAIMS_TO_REISSUE)[0]?.message).toMatch(/: kyc, topic 2\.$/);
  });

  it('do not say that a wallet can still move what is frozen on it, was moved, or was never there', () => {
    const frozen: Preview = {
      ...samplePreview(),
      tokens: [{ ...heldToken, addressFrozen: true, paused: true }],
    };

    expect(codes({ failures: [failure], preview: frozen })).not.toContain('LOST_WALLET_STILL_MOVES');
    expect(codes(CASES.LOST_WALLET_LEFT_FROZEN)).not.toContain('LOST_WALLET_STILL_MOVES');
    for (const reason of ['BALANCE_MOVED', 'NO_RECOVERABLE_TOKENS'] as const)
      expect(codes({ failures: [{ ...failure, reason }] })).not.toContain('LOST_WALLET_STILL_MOVES');
  });

  it.each(['completed_with_token_failures', 'failed'] as const)(
    'of a recovery that ended %s claim no freeze that somebody else had set before ours',
    (status) => {
      const found = { ...CASES.LOST_WALLET_LEFT_FROZEN, status };
      expect(codes(found)).toContain('LOST_WALLET_LEFT_FROZEN');
      expect(codes({ ...found, transactions: [] })).not.toContain('LOST_WALLET_LEFT_FROZEN');
      expect(codes({ ...found, transactions: [] })).not.toContain('LOST_WALLET_STILL_MOVES');
    },
  );

  it('of a recovery that runs do not say whether it is under way or was cut off, which the journal does not know', () => {
    const [told] = listed({ plan: contained, status: 'running', transactions: [frozen] });

    expect(told?.message).toContain('While it is under way, or if it was cut off');
  });

  it('of a recovery that has not ended claim no freeze that somebody else has to lift', () => {
    const names = { release: freeze('release').name, token: `recover_token:${address(1)}:${address(0x70)}` };
    const token: PlanStep = { ...freeze('release'), name: names.token, role: 'token' };
    const plan = { ...contained, steps: [...contained.steps, token] };
    const left = row(names.release, 'recover_tokens', { state: 'skipped' });
    const steps = new Map([[names.release, left]]);
    const recovered = new Map([...steps, [names.token, row(names.token, 'recover_tokens')]]);
    const given = { plan, status: 'stopped' as const, transactions: [frozen] };

    expect(codes({ ...given, steps })).toEqual(['LOST_WALLET_LEFT_FROZEN']);
    expect(codes({ ...given, steps: recovered })).toEqual([]);
  });

  it.each(['running', 'stopped', 'waiting'] as const)(
    'of a recovery that is %s tell of freezes of its own that are sent or stand, and are not lifted',
    (status) => {
      const standing = { plan: contained, status, transactions: [frozen] };
      const release = row(freeze('release').name, 'recover_tokens');
      const sent = { ...frozen, succeeded: null, state: 'sent' as const };
      const refused = { ...frozen, succeeded: false };
      const lifted = new Map([[release.name, release]]);

      expect(codes(standing)).toEqual(['LOST_WALLET_LEFT_FROZEN']);
      expect(codes({ ...standing, transactions: [sent] })).toEqual(['LOST_WALLET_LEFT_FROZEN']);
      expect(codes({ ...standing, transactions: [refused] })).toEqual([]);
      expect(codes({ ...standing, steps: lifted })).toEqual([]);
    },
  );

  it('tell of a freeze on the replacement by others apart from one of ours that could not be lifted', () => {
    const outcome = { again: [], frozen: [failure.token] };
    const steps = new Map([['v', row('v', 'verify', { outcome })]]);
    const unlifted = CASES.REPLACEMENT_LEFT_FROZEN.steps ?? new Map();
    const told = (over: Partial<FollowUpInput>): string | undefined =>
      listed(over).find((item) => item.code === 'REPLACEMENT_LEFT_FROZEN')?.message;

    expect(told({ steps })).toContain('on BND, and not by this recovery');
    expect(told({ plan: contained, steps: new Map([...steps, ...unlifted]) })).toMatch(
      /^The freeze that this recovery set .* on BND\.$/,
    );
    const release = freeze('release').name;
    const unproven = row(release, 'recover_tokens', { state: 'failed', reason: 'FREEZE_UNPROVEN' });
    expect(told({ plan: contained, steps: new Map([...steps, [release, unproven]]) })).toMatch(
      /^The replacement is frozen on BND, and no log shows who set that last/,
    );
  });
});
