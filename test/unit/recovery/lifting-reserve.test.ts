import { describe, expect, it } from 'vitest';
import { gasLimitFor } from '../../../electron/recovery/cost.ts';
import { liftingReserve } from '../../../electron/recovery/lifting-reserve.ts';
import { smartTypicalGas } from '../../../electron/protocols/smart/steps.ts';
import type { RecoverySystem } from '../../../electron/protocols/recovery-protocol.ts';
import type { StepState, TransactionRow } from '../../../shared/journal.ts';
import type { PlanStep } from '../../../shared/plan.ts';
import { OPERATOR, address, samplePlan, sampleTransaction } from '../store/records.ts';
import { row, snapshotOf } from './journal-rows.ts';

const TOKEN = address(0x70);
/** The reserve needs one thing of a family: what a step takes as measured. */
const system = { typicalGas: smartTypicalGas } as RecoverySystem;

function stepOf(role: PlanStep['role']): PlanStep {
  return {
    name: `${role}:${TOKEN}`,
    phase: role === 'contain' ? 'contain' : 'recover_tokens',
    role,
    token: TOKEN,
    wallet: address(1),
    right: 'custodian',
    signer: OPERATOR,
    call: { to: TOKEN, data: '0x' },
  };
}

const [contain, token, release] = [stepOf('contain'), stepOf('token'), stepOf('release')];

/** A call of ours, mined and final. */
function called(id: number, step: PlanStep, succeeded: boolean, attempt = 1): TransactionRow {
  return {
    ...sampleTransaction('R-1', { step: step.name, attempt, nonce: id }),
    id,
    raw: '0x02',
    hash: null,
    state: 'final',
    sentAtBlock: 1,
    minedBlock: 1,
    minedHash: null,
    succeeded,
    costPaid: '1',
  };
}

/** @param states of attempts, the newest last. */
function runWith(
  states: { readonly token: readonly StepState[]; readonly release: readonly StepState[] },
  transactions: readonly TransactionRow[],
) {
  const attempts = (step: PlanStep, ended: readonly StepState[]) =>
    ended.map((state, index) => row(step.name, step.phase, { state, attempt: index + 1 }));
  const steps = [
    row(contain.name, 'contain'),
    ...attempts(token, states.token),
    ...attempts(release, states.release),
  ];
  const plan = { ...samplePlan(), steps: [contain, token, release] };
  return { plan, system, snapshot: () => ({ ...snapshotOf(steps), transactions }) };
}

const LIFTING = gasLimitFor(smartTypicalGas(release));
const FROZEN = called(1, contain, true);

describe('what is put by for lifting a freeze of ours', () => {
  it('belongs to the token while that is weighed, at a retry too: it is put by once', () => {
    const refused = called(2, token, false);
    const run = runWith({ token: ['failed', 'pending'], release: ['skipped', 'pending'] }, [FROZEN, refused]);
    const entry = { step: token, gas: 200_000n };

    const reserve = liftingReserve(run, [entry]);

    expect(reserve.putBy).toBe(0n);
    expect(reserve.gasOf(entry)).toBe(gasLimitFor(200_000n) + LIFTING);
  });

  it('is put by while others are weighed, from when the token is sent until its freeze is lifted', () => {
    const sent = { ...called(2, token, true), state: 'sent' as const };
    const pending = { token: ['running'], release: ['pending'] } as const;
    const putBy = (transactions: readonly TransactionRow[]) =>
      liftingReserve(runWith(pending, transactions), []).putBy;

    expect(putBy([FROZEN])).toBe(0n);
    expect(putBy([FROZEN, sent])).toBe(LIFTING);
    expect(putBy([FROZEN, sent, called(3, release, true)])).toBe(0n);
    expect(putBy([called(1, contain, false), sent])).toBe(0n);
  });

  it('is put by for a token that somebody else recovered: our freeze went along', () => {
    const run = runWith({ token: ['done'], release: ['pending'] }, [FROZEN]);
    expect(liftingReserve(run, []).putBy).toBe(LIFTING);
  });

  it('is not put by for a token of a former attempt that failed', () => {
    const refused = called(2, token, false);
    const run = runWith({ token: ['failed', 'pending'], release: ['skipped', 'pending'] }, [FROZEN, refused]);
    expect(liftingReserve(run, []).putBy).toBe(0n);
  });

  it('is put by again where lifting failed and is tried once more, and not beside itself', () => {
    const transactions = [FROZEN, called(2, token, true), called(3, release, false)];
    const run = runWith({ token: ['done'], release: ['failed', 'pending'] }, transactions);
    expect(liftingReserve(run, []).putBy).toBe(LIFTING);
    expect(liftingReserve(run, [{ step: release, gas: 81_000n }]).putBy).toBe(0n);
  });
});
