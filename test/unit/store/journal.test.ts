import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../../electron/store/database.ts';
import { IllegalTransition } from '../../../electron/store/illegal-transition.ts';
import { openJournal } from '../../../electron/store/journal.ts';
import type { Journal, NewTransaction } from '../../../shared/journal.ts';
import { planDigest } from '../../../shared/plan.ts';
import { deskErrorOf, deskUnderTest } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';
import {
  CHAIN,
  LINK_STEP,
  OPERATOR,
  TIME,
  TOKEN_STEP,
  address,
  hash,
  samplePlan,
  sampleRecovery,
  sampleTransaction,
} from './records.ts';

const BLOCK = { number: 12, hash: hash(12), succeeded: true, costPaid: '90' };
const REASON = { code: 'ENDPOINT_UNREACHABLE', message: 'No answer.', remedy: 'Try again.' };

function begun(): DeskUnderTest {
  const desk = deskUnderTest();
  desk.journal.begin(sampleRecovery('r1'));
  return desk;
}

function running(): DeskUnderTest {
  const desk = begun();
  desk.journal.startStep('r1', LINK_STEP, 1, { balance: '5' });
  return desk;
}

function intendOne(journal: Journal, over: Partial<NewTransaction> = {}): number {
  const [id] = journal.intend([sampleTransaction('r1', over)]);
  if (id === undefined) throw new Error('no id');
  return id;
}

/** A transaction brought as far as named. */
function broughtTo(
  journal: Journal,
  state: 'intended' | 'signed' | 'sent' | 'mined' | 'final' | 'abandoned',
): number {
  const id = intendOne(journal);
  if (state === 'abandoned') journal.abandon([id]);
  if (state === 'intended' || state === 'abandoned') return id;
  journal.signed([{ id, raw: '0x02f8', hash: hash(id) }], false);
  if (state === 'signed') return id;
  journal.sent(id, 11);
  if (state === 'sent') return id;
  journal.mined(id, BLOCK);
  if (state === 'final') journal.final(id);
  return id;
}

function stateOf(journal: Journal, id: number) {
  return journal.read('r1')?.transactions.find((row) => row.id === id)?.state;
}

/** Everything in the file that the journal writes. */
function contents({ store, journal, audit }: DeskUnderTest) {
  return {
    recoveries: journal.list(),
    snapshot: journal.read('r1'),
    audit: audit.entries(0, 10_000),
    plans: store.rows(z.unknown(), 'SELECT digest FROM plan'),
  };
}

/** Whether the journal refuses the work as an illegal transition and leaves everything in the file as it was. */
function refused(desk: DeskUnderTest, work: () => unknown): boolean {
  const before = contents(desk);
  expect(work).toThrow(IllegalTransition);
  expect(contents(desk)).toEqual(before);
  return true;
}

describe('beginning a recovery', () => {
  it('opens it running with all its steps pending, in their order', () => {
    const { journal } = begun();
    const snapshot = journal.read('r1');
    expect(snapshot?.recovery).toEqual({
      id: 'r1',
      caseId: 'case-1',
      participantId: 'p-1',
      chainId: CHAIN,
      lostWallet: address(1),
      planDigest: planDigest(samplePlan()),
      previewDigest: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      flowVersion: 1,
      operator: OPERATOR,
      status: 'running',
      statusReason: null,
      noReturnAt: null,
      highestCost: null,
      profile: { name: 'Test', chainId: CHAIN },
      claimsOf: null,
      createdAt: TIME,
      finishedAt: null,
    });
    expect(snapshot?.steps.map(({ name, attempt, state }) => [name, attempt, state])).toEqual([
      [LINK_STEP, 1, 'pending'],
      [TOKEN_STEP, 1, 'pending'],
      ['verify', 1, 'pending'],
    ]);
    expect(journal.read('r2')).toBeNull();
  });

  it('refuses a second beginning under the same id', () => {
    const desk = begun();
    expect(refused(desk, () => desk.journal.begin(sampleRecovery('r1', { planNonce: 2 })))).toBe(true);
  });

  it('refuses a plan that executed before, also after its recovery ended', () => {
    const { journal } = begun();
    expect(deskErrorOf(() => journal.begin(sampleRecovery('r2'))).code).toBe('PLAN_USED');
    journal.setStatus('r1', 'cancelled', null);
    expect(deskErrorOf(() => journal.begin(sampleRecovery('r2'))).code).toBe('PLAN_USED');
  });

  it('refuses a second recovery of the participant or of the lost wallet, until the first has ended', () => {
    const { journal } = begun();
    const sameParticipant = sampleRecovery('r2', { planNonce: 2, lostWallet: address(9) });
    const sameWallet = sampleRecovery('r3', { planNonce: 3, participantId: 'p-9' });
    const error = deskErrorOf(() => journal.begin(sameParticipant));
    expect([error.code, error.remedy]).toEqual(['RECOVERY_IN_PROGRESS', 'Carry on with it: `resume r1`.']);
    expect(deskErrorOf(() => journal.begin(sameWallet)).code).toBe('RECOVERY_IN_PROGRESS');
    expect(journal.open(CHAIN, 'p-1', [address(77)])?.id).toBe('r1');
    expect(journal.open(CHAIN, 'p-77', [address(1)])?.id).toBe('r1');
    journal.setStatus('r1', 'failed', REASON);
    expect(journal.open(CHAIN, 'p-1', [address(1)])).toBeNull();
    journal.begin(sameParticipant);
    journal.begin(sameWallet);
    expect(journal.list().map((row) => row.id)).toEqual(['r3', 'r2', 'r1']);
  });

  it('lets the same participant have one on each chain', () => {
    const { journal } = begun();
    journal.begin(sampleRecovery('r2', { planNonce: 2, chainId: 1 }));
    expect(journal.list()).toHaveLength(2);
  });

  it('stores nothing of a recovery whose steps cannot be named', () => {
    const desk = begun();
    const before = contents(desk);
    const recovery = sampleRecovery('r2', { planNonce: 2, participantId: 'p-2', lostWallet: address(3) });
    const steps = [{ name: 'free text: secret', phase: 'verify' as const }];
    expect(() => desk.journal.begin({ ...recovery, steps })).toThrow('is not the name of a step');
    expect(contents(desk)).toEqual(before);
  });
});

describe('the cost bound of a recovery', () => {
  it('is kept with an audit row when it is raised, and not changed once the recovery has ended', () => {
    const desk = begun();
    desk.journal.raiseBound('r1', '700');
    expect(desk.journal.read('r1')?.recovery.highestCost).toBe('700');
    expect(desk.audit.entries(0, 100).at(-1)).toMatchObject({
      kind: 'cost_bound_raised',
      fields: '{"highestCost":"700","recoveryId":"r1"}',
    });
    desk.journal.setStatus('r1', 'completed', null);
    expect(refused(desk, () => desk.journal.raiseBound('r1', '800'))).toBe(true);
  });
});

describe('the status of a recovery', () => {
  it('keeps its reason, and its end time only once it has ended', () => {
    const { journal } = begun();
    journal.setStatus('r1', 'waiting', REASON);
    expect(journal.read('r1')?.recovery).toMatchObject({
      status: 'waiting',
      statusReason: REASON,
      finishedAt: null,
    });
    journal.setStatus('r1', 'completed', null);
    expect(journal.read('r1')?.recovery).toMatchObject({
      status: 'completed',
      statusReason: null,
      finishedAt: TIME,
    });
  });

  it('is not changed once it has ended', () => {
    const desk = begun();
    desk.journal.setStatus('r1', 'completed', null);
    expect(refused(desk, () => desk.journal.setStatus('r1', 'running', null))).toBe(true);
    expect(refused(desk, () => desk.journal.startStep('r1', LINK_STEP, 1, null))).toBe(true);
    expect(refused(desk, () => desk.journal.finishStep('r1', LINK_STEP, 1, { state: 'skipped' }))).toBe(true);
  });

  it('past the point of no return never becomes cancelled, nor failed while a transaction is unsettled', () => {
    const desk = running();
    const id = intendOne(desk.journal);
    desk.journal.signed([{ id, raw: '0x02f8', hash: hash(1) }], true);
    expect(desk.journal.read('r1')?.recovery.noReturnAt).toBe(TIME);
    expect(refused(desk, () => desk.journal.setStatus('r1', 'cancelled', null))).toBe(true);
    expect(refused(desk, () => desk.journal.setStatus('r1', 'failed', REASON))).toBe(true);
    desk.journal.setStatus('r1', 'stopped', REASON);
    desk.journal.setStatus('r1', 'completed_with_token_failures', null);
  });

  it('may become failed past the point of no return once all its transactions are settled', () => {
    const desk = running();
    const id = intendOne(desk.journal);
    desk.journal.signed([{ id, raw: '0x02f8', hash: hash(1) }], true);
    desk.journal.abandon([id]);
    expect(refused(desk, () => desk.journal.setStatus('r1', 'cancelled', null))).toBe(true);
    desk.journal.setStatus('r1', 'failed', REASON);
    expect(desk.journal.read('r1')?.recovery.status).toBe('failed');
  });

  it('of an unknown recovery is refused by its code', () => {
    const { journal } = begun();
    expect(deskErrorOf(() => journal.setStatus('r9', 'waiting', null)).code).toBe('RECOVERY_UNKNOWN');
  });
});

describe('a step', () => {
  it('keeps its baseline from the start and its outcome from the end', () => {
    const { journal } = running();
    const end = {
      state: 'failed',
      outcome: { left: '1' },
      reason: 'TOKEN_PAUSED',
      message: 'm',
      remedy: 'r',
    } as const;
    journal.finishStep('r1', LINK_STEP, 1, end);
    expect(journal.read('r1')?.steps[0]).toEqual({
      ...end,
      recoveryId: 'r1',
      name: LINK_STEP,
      attempt: 1,
      phase: 'recover_identity',
      baseline: { balance: '5' },
      startedAt: TIME,
      finishedAt: TIME,
    });
  });

  it('starts once, ends once, and not under a name or attempt that is not there', () => {
    const desk = running();
    expect(refused(desk, () => desk.journal.startStep('r1', LINK_STEP, 1, null))).toBe(true);
    expect(refused(desk, () => desk.journal.startStep('r1', LINK_STEP, 2, null))).toBe(true);
    expect(refused(desk, () => desk.journal.startStep('r1', 'nowhere', 1, null))).toBe(true);
    desk.journal.finishStep('r1', LINK_STEP, 1, { state: 'done' });
    expect(refused(desk, () => desk.journal.finishStep('r1', LINK_STEP, 1, { state: 'failed' }))).toBe(true);
    expect(refused(desk, () => desk.journal.startStep('r1', LINK_STEP, 1, null))).toBe(true);
  });

  it('takes its baseline anew as long as nothing of the attempt is signed, and keeps when it started', () => {
    const { journal, audit } = running();
    journal.renewBaseline('r1', LINK_STEP, 1, { balance: '6' });
    broughtTo(journal, 'abandoned');
    const id = intendOne(journal, { nonce: 8 });
    journal.renewBaseline('r1', LINK_STEP, 1, { balance: '7' });
    expect(journal.step('r1', LINK_STEP)).toMatchObject({ baseline: { balance: '7' }, startedAt: TIME });
    expect(stateOf(journal, id)).toBe('intended');
    expect(audit.entries(0, 100).at(-1)?.kind).toBe('step_baseline_renewed');
    expect(audit.verify().holds).toBe(true);
  });

  it.each(['signed', 'sent', 'mined', 'final'] as const)(
    'keeps its baseline once a transaction of the attempt is %s: it is what stood before',
    (state) => {
      const desk = running();
      broughtTo(desk.journal, state);
      expect(refused(desk, () => desk.journal.renewBaseline('r1', LINK_STEP, 1, null))).toBe(true);
    },
  );

  it('takes no baseline anew before it started, or after its end', () => {
    const desk = begun();
    expect(refused(desk, () => desk.journal.renewBaseline('r1', LINK_STEP, 1, null))).toBe(true);
    desk.journal.startStep('r1', LINK_STEP, 1, null);
    desk.journal.finishStep('r1', LINK_STEP, 1, { state: 'done' });
    expect(refused(desk, () => desk.journal.renewBaseline('r1', LINK_STEP, 1, null))).toBe(true);
  });

  it('may end without a start, for what was done already or is not needed', () => {
    const { journal } = begun();
    journal.finishStep('r1', TOKEN_STEP, 1, { state: 'skipped' });
    expect(journal.read('r1')?.steps[1]).toMatchObject({
      state: 'skipped',
      startedAt: null,
      finishedAt: TIME,
    });
  });

  it('keeps a reason that is no code in the journal and out of the audit log', () => {
    const { journal, audit } = running();
    journal.finishStep('r1', LINK_STEP, 1, { state: 'failed', reason: 'the node said: oh no' });
    expect(journal.read('r1')?.steps[0]?.reason).toBe('the node said: oh no');
    expect(audit.entries(0, 100).at(-1)?.fields).toContain('"reason":"OTHER"');
  });
});

describe('trying again', () => {
  it('adds the next attempt in the place of the step and sets the recovery running', () => {
    const { journal } = begun();
    journal.startStep('r1', TOKEN_STEP, 1, null);
    journal.finishStep('r1', TOKEN_STEP, 1, { state: 'failed', reason: 'TOKEN_PAUSED' });
    journal.finishStep('r1', 'verify', 1, { state: 'done' });
    journal.setStatus('r1', 'completed_with_token_failures', null);
    journal.retry('r1', [TOKEN_STEP, 'verify']);
    const snapshot = journal.read('r1');
    expect(snapshot?.recovery).toMatchObject({ status: 'running', finishedAt: null });
    expect(snapshot?.steps.map(({ name, attempt, state }) => [name, attempt, state])).toEqual([
      [LINK_STEP, 1, 'pending'],
      [TOKEN_STEP, 1, 'failed'],
      [TOKEN_STEP, 2, 'pending'],
      ['verify', 1, 'done'],
      ['verify', 2, 'pending'],
    ]);
    journal.startStep('r1', TOKEN_STEP, 2, null);
  });

  it('is refused for a step that did not fail, and leaves the others alone too', () => {
    const desk = running();
    desk.journal.finishStep('r1', LINK_STEP, 1, { state: 'done' });
    desk.journal.startStep('r1', TOKEN_STEP, 1, null);
    desk.journal.finishStep('r1', TOKEN_STEP, 1, { state: 'failed' });
    expect(refused(desk, () => desk.journal.retry('r1', [TOKEN_STEP, LINK_STEP]))).toBe(true);
    expect(refused(desk, () => desk.journal.retry('r1', [TOKEN_STEP, 'verify']))).toBe(true);
    expect(refused(desk, () => desk.journal.retry('r1', []))).toBe(true);
    desk.journal.retry('r1', [TOKEN_STEP]);
    expect(refused(desk, () => desk.journal.retry('r1', [TOKEN_STEP]))).toBe(true);
  });

  it('is refused for a recovery that failed or was cancelled', () => {
    const desk = running();
    desk.journal.finishStep('r1', LINK_STEP, 1, { state: 'failed' });
    desk.journal.setStatus('r1', 'failed', REASON);
    expect(refused(desk, () => desk.journal.retry('r1', [LINK_STEP]))).toBe(true);
  });

  it('is refused while the participant has another recovery that has not ended', () => {
    const { journal } = running();
    journal.finishStep('r1', LINK_STEP, 1, { state: 'failed' });
    journal.setStatus('r1', 'completed_with_token_failures', null);
    journal.begin(sampleRecovery('r2', { planNonce: 2 }));
    expect(deskErrorOf(() => journal.retry('r1', [LINK_STEP])).code).toBe('RECOVERY_IN_PROGRESS');
  });
});

describe('a transaction', () => {
  it('goes from intended to final and keeps what it learnt on the way', () => {
    const { journal } = running();
    const id = broughtTo(journal, 'final');
    expect(journal.read('r1')?.transactions).toEqual([
      {
        ...sampleTransaction('r1'),
        id,
        raw: '0x02f8',
        hash: hash(id),
        state: 'final',
        sentAtBlock: 11,
        minedBlock: 12,
        minedHash: hash(12),
        succeeded: true,
        costPaid: '90',
      },
    ]);
  });

  it('goes back to sent when its block goes, and keeps when it was first sent', () => {
    const { journal } = running();
    const id = broughtTo(journal, 'mined');
    journal.unmined(id);
    journal.sent(id, 40);
    expect(journal.read('r1')?.transactions[0]).toMatchObject({
      state: 'sent',
      sentAtBlock: 11,
      minedBlock: null,
      minedHash: null,
      succeeded: null,
      costPaid: null,
    });
  });

  it('stays signed while it is only offered, and counts from the first time until a node takes it', () => {
    const { journal } = running();
    const id = broughtTo(journal, 'signed');
    journal.offered(id, 5);
    journal.offered(id, 6);
    expect(journal.read('r1')?.transactions[0]).toMatchObject({ state: 'signed', sentAtBlock: 5 });
    journal.sent(id, 7);
    expect(journal.read('r1')?.transactions[0]).toMatchObject({ state: 'sent', sentAtBlock: 7 });
  });

  it('is taken as mined also when its sending was not written down', () => {
    const { journal } = running();
    const id = broughtTo(journal, 'signed');
    journal.mined(id, BLOCK);
    expect(stateOf(journal, id)).toBe('mined');
  });

  const moves = {
    signed: (journal: Journal, id: number) => journal.signed([{ id, raw: '0x02', hash: hash(99) }], true),
    offered: (journal: Journal, id: number) => journal.offered(id, 11),
    sent: (journal: Journal, id: number) => journal.sent(id, 12),
    mined: (journal: Journal, id: number) => journal.mined(id, BLOCK),
    unmined: (journal: Journal, id: number) => journal.unmined(id),
    final: (journal: Journal, id: number) => journal.final(id),
    abandon: (journal: Journal, id: number) => journal.abandon([id]),
  };
  const legal = {
    intended: ['signed', 'abandon'],
    signed: ['offered', 'sent', 'mined', 'abandon'],
    sent: ['sent', 'mined', 'abandon'],
    mined: ['unmined', 'final'],
    final: [],
    abandoned: [],
  } as const;
  const states = ['intended', 'signed', 'sent', 'mined', 'final', 'abandoned'] as const;
  const names = ['signed', 'offered', 'sent', 'mined', 'unmined', 'final', 'abandon'] as const;
  const illegal = states.flatMap((state) =>
    names.filter((move) => !legal[state].some((name) => name === move)).map((move) => ({ state, move })),
  );

  it.each(illegal)('that is $state refuses "$move" and nothing is written', ({ state, move }) => {
    const desk = running();
    const id = broughtTo(desk.journal, state);
    expect(refused(desk, () => moves[move](desk.journal, id))).toBe(true);
  });

  it('of an unknown id refuses every move', () => {
    const desk = running();
    for (const move of Object.values(moves)) expect(refused(desk, () => move(desk.journal, 999))).toBe(true);
  });

  it('makes the others of its nonce replaced when it is final', () => {
    const { journal } = running();
    const first = broughtTo(journal, 'sent');
    const second = intendOne(journal, { bump: 1 });
    journal.signed([{ id: second, raw: '0x02f9', hash: hash(50) }], false);
    const fill = intendOne(journal, { purpose: 'fill' });
    journal.mined(second, BLOCK);
    journal.final(second);
    expect([first, second, fill].map((id) => stateOf(journal, id))).toEqual([
      'replaced',
      'final',
      'replaced',
    ]);
    expect(journal.unsettled(CHAIN, OPERATOR)).toEqual([]);
  });

  it('is intended with all of its batch or not at all', () => {
    const desk = running();
    desk.journal.startStep('r1', TOKEN_STEP, 1, null);
    expect(
      refused(desk, () =>
        desk.journal.intend([sampleTransaction('r1'), sampleTransaction('r1', { step: TOKEN_STEP })]),
      ),
    ).toBe(true);
    const ids = desk.journal.intend([
      sampleTransaction('r1'),
      sampleTransaction('r1', { step: TOKEN_STEP, nonce: 8 }),
    ]);
    expect(desk.journal.read('r1')?.transactions.map((row) => [row.id, row.nonce])).toEqual([
      [ids[0], 7],
      [ids[1], 8],
    ]);
  });

  it('is signed with all of its batch or not at all', () => {
    const desk = running();
    const id = intendOne(desk.journal);
    expect(
      refused(desk, () =>
        desk.journal.signed(
          [
            { id, raw: '0x02', hash: hash(1) },
            { id: 999, raw: '0x02', hash: hash(2) },
          ],
          true,
        ),
      ),
    ).toBe(true);
  });

  it('is not intended for a step that does not run, an ended recovery, another chain, or a nonce in use', () => {
    const desk = begun();
    const { journal } = desk;
    expect(refused(desk, () => intendOne(journal))).toBe(true);
    journal.startStep('r1', LINK_STEP, 1, null);
    journal.startStep('r1', TOKEN_STEP, 1, null);
    expect(refused(desk, () => intendOne(journal, { chainId: 1 }))).toBe(true);
    expect(refused(desk, () => intendOne(journal, { attempt: 2 }))).toBe(true);
    broughtTo(journal, 'final');
    expect(refused(desk, () => intendOne(journal))).toBe(true);
    expect(refused(desk, () => intendOne(journal, { bump: 1 }))).toBe(true);
    expect(refused(desk, () => intendOne(journal, { step: TOKEN_STEP, bump: 2 }))).toBe(true);
    journal.finishStep('r1', LINK_STEP, 1, { state: 'done' });
    expect(refused(desk, () => intendOne(journal, { nonce: 8 }))).toBe(true);
    journal.setStatus('r1', 'completed', null);
    expect(refused(desk, () => intendOne(journal, { step: TOKEN_STEP, nonce: 8 }))).toBe(true);
  });

  it.each(['intended', 'signed', 'sent', 'mined'] as const)(
    'is not intended at another nonce while a call of the same attempt is %s: both might happen',
    (state) => {
      const desk = running();
      broughtTo(desk.journal, state);
      expect(refused(desk, () => intendOne(desk.journal, { nonce: 8 }))).toBe(true);
      expect(stateOf(desk.journal, intendOne(desk.journal, { bump: 1 }))).toBe('intended');
    },
  );

  it('is intended at another nonce once that of the former call belongs to somebody else', () => {
    const { journal } = running();
    broughtTo(journal, 'abandoned');
    expect(stateOf(journal, intendOne(journal, { nonce: 8 }))).toBe('intended');
  });

  it('may fill the nonce of a step that has ended', () => {
    const { journal } = running();
    intendOne(journal);
    journal.finishStep('r1', LINK_STEP, 1, { state: 'failed' });
    const fill = intendOne(journal, { purpose: 'fill' });
    expect(stateOf(journal, fill)).toBe('intended');
  });

  it('frees its nonce for another step when it is abandoned', () => {
    const { journal } = running();
    journal.startStep('r1', TOKEN_STEP, 1, null);
    expect(journal.highestNonce(CHAIN, OPERATOR)).toBeNull();
    const id = broughtTo(journal, 'sent');
    expect(journal.highestNonce(CHAIN, OPERATOR)).toBe(7);
    expect(journal.unsettled(CHAIN, OPERATOR).map((row) => row.id)).toEqual([id]);
    journal.abandon([id]);
    expect(journal.highestNonce(CHAIN, OPERATOR)).toBeNull();
    expect(journal.unsettled(CHAIN, OPERATOR)).toEqual([]);
    intendOne(journal, { step: TOKEN_STEP });
    expect(journal.highestNonce(CHAIN, OPERATOR)).toBe(7);
    expect(journal.highestNonce(1, OPERATOR)).toBeNull();
    expect(journal.highestNonce(CHAIN, address(5))).toBeNull();
  });
});

describe('the journal and the audit log', () => {
  it('write each event together: every write has its entry, and the log holds', () => {
    const desk = running();
    const id = intendOne(desk.journal);
    desk.journal.signed([{ id, raw: '0x02f8', hash: hash(1) }], true);
    desk.journal.offered(id, 10);
    desk.journal.offered(id, 10);
    desk.journal.sent(id, 11);
    desk.journal.sent(id, 12);
    desk.journal.mined(id, BLOCK);
    desk.journal.unmined(id);
    desk.journal.mined(id, BLOCK);
    desk.journal.final(id);
    desk.journal.finishStep('r1', LINK_STEP, 1, { state: 'failed' });
    desk.journal.retry('r1', [LINK_STEP]);
    desk.journal.setStatus('r1', 'stopped', REASON);
    expect(desk.audit.entries(0, 100).map((entry) => entry.kind)).toEqual([
      'recovery_begun',
      'plan_confirmed',
      'step_started',
      'transaction_intended',
      'transaction_signed',
      'recovery_past_return',
      'transaction_offered',
      'transaction_sent',
      'transaction_mined',
      'transaction_unmined',
      'transaction_mined',
      'transaction_final',
      'step_finished',
      'recovery_retried',
      'recovery_status',
    ]);
    expect(desk.audit.verify().holds).toBe(true);
  });

  it('store nothing when the audit log refuses', () => {
    const desk = running();
    const before = contents(desk);
    const refusing = openJournal(desk.store, {
      append() {
        throw new Error('refused');
      },
    });
    expect(() => refusing.intend([sampleTransaction('r1')])).toThrow('refused');
    expect(() => refusing.setStatus('r1', 'stopped', REASON)).toThrow('refused');
    expect(() => refusing.finishStep('r1', LINK_STEP, 1, { state: 'done' })).toThrow('refused');
    expect(contents(desk)).toEqual(before);
  });

  it('are read beside the writer', () => {
    const { folder, audit, journal } = running();
    const reader = openStore(folder, { mode: 'read' });
    if (reader === null) throw new Error('nothing to read');
    const beside = openJournal(reader, audit);
    expect(beside.read('r1')).toEqual(journal.read('r1'));
    expect(deskErrorOf(() => beside.setStatus('r1', 'stopped', REASON)).code).toBe('DATA_FOLDER_UNUSABLE');
    reader.close();
  });
});
