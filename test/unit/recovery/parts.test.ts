import { describe, expect, it } from 'vitest';
import { hasPart, partsOf, stepWords, turnsOf, waitsFor } from '../../../electron/recovery/parts.ts';
import type { RecoverySnapshot } from '../../../shared/journal.ts';
import type { Plan, PlanStep } from '../../../shared/plan.ts';
import { OPERATOR, address, samplePlan } from '../store/records.ts';
import { row, snapshotOf } from './journal-rows.ts';

const CUSTODIAN = address(0xc5);
const TOKEN = address(0x70);

function step(role: Exclude<PlanStep['role'], 'claim' | 'move' | 'fund'>, signer = OPERATOR): PlanStep {
  const token = role === 'prepare' || role === 'relink' ? null : TOKEN;
  const phase = { contain: 'contain', prepare: 'create_identity', relink: 'recover_identity' } as const;
  return {
    name: `${role}:${address(1)}`,
    phase: role === 'token' || role === 'release' ? 'recover_tokens' : phase[role],
    role,
    token,
    wallet: address(1),
    right: 'none',
    signer,
    call: { to: address(9), data: '0x' },
  };
}

const steps = [
  step('contain', CUSTODIAN),
  step('prepare'),
  step('relink'),
  step('token', CUSTODIAN),
  step('release', CUSTODIAN),
];
const plan: Plan = { ...samplePlan(), steps };

/** A recovery of which the steps of these roles are done. */
function after(...done: readonly PlanStep['role'][]): RecoverySnapshot {
  return snapshotOf(
    steps.map(({ name, phase, role }) =>
      row(name, phase, { state: done.includes(role) ? 'done' : 'pending' }),
    ),
  );
}

function waiting(snapshot: RecoverySnapshot, code: string): RecoverySnapshot {
  const statusReason = { code, message: 'm', remedy: 'r' };
  return { ...snapshot, recovery: { ...snapshot.recovery, status: 'waiting', statusReason } };
}

const namesOf = (snapshot: RecoverySnapshot): readonly (readonly [string, readonly string[]])[] =>
  turnsOf(snapshot, plan).map(({ signer, steps: own }) => [signer, own.map(({ role }) => role)]);

describe('the parts of a plan', () => {
  it('are what each address signs of it, in plan order', () => {
    expect(partsOf(plan).map(({ signer, steps: own }) => [signer, own.map(({ role }) => role)])).toEqual([
      [CUSTODIAN, ['contain', 'token', 'release']],
      [OPERATOR, ['prepare', 'relink']],
    ]);
    expect([hasPart(plan, CUSTODIAN), hasPart(plan, address(0xff))]).toEqual([true, false]);
  });

  it('are told in words, with the tokens by their symbols', () => {
    expect(stepWords(plan, [step('token'), step('relink')])).toBe(
      'recover the balance on BND; link the lost wallet to the replacement',
    );
  });
});

describe('whose turn it is', () => {
  it.each<readonly [readonly PlanStep['role'][], ReturnType<typeof namesOf>]>([
    [
      [],
      [
        [CUSTODIAN, ['contain']],
        [OPERATOR, ['prepare']],
      ],
    ],
    [['prepare'], [[CUSTODIAN, ['contain']]]],
    [['contain', 'prepare'], [[OPERATOR, ['relink']]]],
    [['contain', 'prepare', 'relink'], [[CUSTODIAN, ['token', 'release']]]],
    [['contain', 'prepare', 'relink', 'token', 'release'], []],
  ])('after %j follows from what rests on what', (done, turns) => {
    expect(namesOf(after(...done))).toEqual(turns);
  });

  it('is who a waiting recovery waits for, with the steps', () => {
    const snapshot = waiting(after('prepare'), 'WAITING_FOR_OPERATOR');

    expect(waitsFor(snapshot, plan)).toEqual([
      { address: CUSTODIAN, what: 'operator', steps: [step('contain').name] },
    ]);
  });

  it('tells signatures from hands at the desk by what was handed out in the newest attempt', () => {
    const snapshot = waiting(after('prepare'), 'WAITING_FOR_SIGNATURES');
    const out = { step: step('contain').name, signer: CUSTODIAN, batch: 1 };
    const of = (attempt: number): readonly string[] =>
      waitsFor({ ...snapshot, handOuts: [{ ...out, attempt }] }, plan).map(({ what }) => what);

    expect([of(1), of(2)]).toEqual([['signatures'], ['operator']]);
  });

  it('is who began it as long as the replacement wallet is not proven to open', () => {
    const snapshot = waiting(after('prepare'), 'WAITING_FOR_OPERATOR');
    const wallet = row(`create_wallet:${address(2)}`, 'create_wallet', { state: 'running' });

    expect(waitsFor({ ...snapshot, steps: [wallet, ...snapshot.steps] }, plan)).toEqual([
      { address: OPERATOR, what: 'operator', steps: [wallet.name] },
    ]);
  });

  it('is whose signature the making of a smart account waits for, which is proven by nobody', () => {
    const account = {
      ...step('prepare', CUSTODIAN),
      name: `create_account:${address(3)}`,
      phase: 'create_wallet' as const,
    };
    const snapshot = waiting(
      snapshotOf([row(account.name, 'create_wallet', { state: 'pending' })]),
      'WAITING_FOR_SIGNATURES',
    );
    const out = { step: account.name, signer: CUSTODIAN, attempt: 1, batch: 1 };

    expect(waitsFor({ ...snapshot, handOuts: [out] }, { ...plan, steps: [account] })).toEqual([
      { address: CUSTODIAN, what: 'signatures', steps: [account.name] },
    ]);
  });

  it('is nobody’s where the recovery waits for something else, or not at all', () => {
    expect(waitsFor(waiting(after(), 'OPERATOR_OUT_OF_FUNDS'), plan)).toEqual([]);
    expect(waitsFor(after(), plan)).toEqual([]);
  });
});
