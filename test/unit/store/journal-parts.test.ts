/** Several hands at one recovery: confirmations and hand-outs, each with its audit row. */
import { beforeEach, describe, expect, it } from 'vitest';
import { deskUnderTest } from './desk-under-test.ts';
import { LINK_STEP, OPERATOR, TOKEN_STEP, address, sampleRecovery, sampleTransaction } from './records.ts';
import { temporaryFolder } from './temp-folders.ts';

const CUSTODIAN = address(0xc5);

describe('the journal of a recovery by several hands', () => {
  let desk: ReturnType<typeof deskUnderTest>;
  beforeEach(() => {
    desk = deskUnderTest(temporaryFolder());
    desk.journal.begin(sampleRecovery('r1'));
  });

  const kinds = (): readonly string[] => desk.audit.entries(0, 100).map(({ kind }) => kind);
  const link = { name: LINK_STEP, attempt: 1 };

  it('holds who began it as one who confirmed the plan', () => {
    expect(desk.journal.read('r1')?.confirmedBy).toEqual([OPERATOR]);
    expect(kinds().filter((kind) => kind === 'plan_confirmed')).toHaveLength(1);
  });

  it('records each further confirmation once', () => {
    desk.journal.confirm('r1', CUSTODIAN);
    desk.journal.confirm('r1', CUSTODIAN);

    expect(desk.journal.read('r1')?.confirmedBy).toEqual([OPERATOR, CUSTODIAN]);
    expect(kinds().filter((kind) => kind === 'plan_confirmed')).toHaveLength(2);
  });

  it('numbers batches, keeps their order, and marks the point of no return in the same commit', () => {
    desk.journal.startStep('r1', TOKEN_STEP, 1, null);
    desk.journal.startStep('r1', LINK_STEP, 1, null);
    const token = { name: TOKEN_STEP, attempt: 1 };
    const wanted = { recoveryId: 'r1', signer: CUSTODIAN };

    expect(desk.journal.handOut({ ...wanted, steps: [link], noReturn: false })).toBe(1);
    expect(desk.journal.read('r1')?.recovery.noReturnAt).toBeNull();
    expect(desk.journal.handOut({ ...wanted, steps: [token], noReturn: true })).toBe(2);

    expect(desk.journal.read('r1')?.handOuts).toEqual([
      { step: LINK_STEP, attempt: 1, signer: CUSTODIAN, batch: 1 },
      { step: TOKEN_STEP, attempt: 1, signer: CUSTODIAN, batch: 2 },
    ]);
    expect(desk.journal.read('r1')?.recovery.noReturnAt).not.toBeNull();
    expect(kinds().slice(-2)).toEqual(['calls_handed_out', 'recovery_past_return']);
  });

  it('hands out nothing of a step that does not run, and no attempt twice', () => {
    const wanted = { recoveryId: 'r1', signer: CUSTODIAN, steps: [link], noReturn: true };
    expect(() => desk.journal.handOut(wanted)).toThrow(/is pending/);
    desk.journal.startStep('r1', LINK_STEP, 1, null);
    desk.journal.handOut(wanted);

    expect(() => desk.journal.handOut(wanted)).toThrow(/was handed out before/);

    expect(desk.journal.read('r1')?.handOuts).toHaveLength(1);
    expect(kinds().filter((kind) => kind === 'calls_handed_out')).toHaveLength(1);
  });

  it('stores no call of what was handed out, and takes its baseline no more anew', () => {
    desk.journal.startStep('r1', LINK_STEP, 1, { balance: '5' });
    desk.journal.renewBaseline('r1', LINK_STEP, 1, { balance: '6' });
    desk.journal.handOut({ recoveryId: 'r1', signer: CUSTODIAN, steps: [link], noReturn: true });

    expect(() => desk.journal.intend([sampleTransaction('r1')])).toThrow(/was handed out/);
    expect(() => desk.journal.renewBaseline('r1', LINK_STEP, 1, null)).toThrow(/was handed out/);

    expect(desk.journal.step('r1', LINK_STEP)?.baseline).toEqual({ balance: '6' });
  });

  it('hands out nothing of which a call of ours may still be mined', () => {
    desk.journal.startStep('r1', LINK_STEP, 1, null);
    const wanted = { recoveryId: 'r1', signer: CUSTODIAN, steps: [link], noReturn: true };
    const ids = desk.journal.intend([sampleTransaction('r1')]);
    expect(() => desk.journal.handOut(wanted)).toThrow(/may still be mined/);

    desk.journal.abandon(ids);

    expect(desk.journal.handOut(wanted)).toBe(1);
  });
});
