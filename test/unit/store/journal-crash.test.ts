import { rmSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { openAuditLog } from '../../../electron/audit/audit-log.ts';
import { openStore } from '../../../electron/store/database.ts';
import { openJournal } from '../../../electron/store/journal.ts';
import type { Journal, TransactionRow } from '../../../shared/journal.ts';
import { copyAsLeftBehind, deskUnderTest } from './desk-under-test.ts';
import { CHAIN, hash, sampleRecovery, sampleTransaction } from './records.ts';
import { temporaryFolder } from './temp-folders.ts';

const WALLETS = ['r1', 'r2'] as const;

function state(journal: Journal) {
  return { list: journal.list(), all: journal.list().map((row) => journal.read(row.id)) };
}

function reopened(folder: string) {
  const store = openStore(folder, { mode: 'write' });
  try {
    const audit = openAuditLog(store);
    return { state: state(openJournal(store, audit)), verdict: audit.verify() };
  } finally {
    store.close();
  }
}

function moveOn(journal: Journal, row: TransactionRow, choice: number): void {
  const { id } = row;
  if (choice % 7 === 6 && row.state !== 'mined') return journal.abandon([id]);
  if (row.state === 'intended')
    return journal.signed([{ id, raw: '0x02', hash: hash(id) }], choice % 2 === 0);
  if (row.state === 'signed' && choice % 2 === 0) return journal.sent(id, choice);
  if (row.state === 'mined') return choice % 3 === 0 ? journal.unmined(id) : journal.final(id);
  return journal.mined(id, {
    number: choice,
    hash: hash(choice),
    succeeded: choice % 2 === 0,
    costPaid: '1',
  });
}

/** One legal call, chosen by the numbers from all that the present state allows; none when it allows none. */
function legalCall(journal: Journal, which: number, choice: number): (() => void) | null {
  const id = WALLETS[which % WALLETS.length] ?? 'r1';
  const snapshot = journal.read(id);
  const who = { participantId: `p-${id}`, lostWallet: sampleTransaction(id).signer, planNonce: which };
  if (snapshot === null) {
    const wallet = id === 'r1' ? {} : who;
    return () => journal.begin(sampleRecovery(id, { ...wallet, participantId: `p-${id}` }));
  }
  const { recovery, steps, transactions } = snapshot;
  const ended = recovery.finishedAt !== null;
  const open = transactions.filter((row) => ['intended', 'signed', 'sent', 'mined'].includes(row.state));
  const calls: (() => void)[] = open.map((row) => () => moveOn(journal, row, choice));
  const signer = sampleTransaction(id).signer;
  for (const { name, attempt, state: at } of steps) {
    if (ended) break;
    if (at === 'pending') calls.push(() => journal.startStep(id, name, attempt, { at: choice }));
    if (at === 'running') {
      const end = choice % 2 === 0 ? 'done' : 'failed';
      calls.push(() => journal.finishStep(id, name, attempt, { state: end, outcome: { choice } }));
      const nonce = (journal.highestNonce(CHAIN, signer) ?? 0) + 1;
      const wanted = (['call', 'fill'] as const).map((purpose) =>
        sampleTransaction(id, { step: name, attempt, nonce, purpose }),
      );
      const own = transactions.filter((row) => row.step === name && row.attempt === attempt);
      const isCalled = own.some((row) => row.purpose === 'call' && open.includes(row));
      if (!isCalled) calls.push(() => void journal.intend(wanted));
      const isUnsigned = own.every((row) => row.state === 'intended' || row.state === 'abandoned');
      if (isUnsigned) calls.push(() => journal.renewBaseline(id, name, attempt, { at: choice }));
    }
    const newest = steps.findLast((step) => step.name === name)?.attempt === attempt;
    if (at === 'failed' && newest && attempt < 3) calls.push(() => journal.retry(id, [name]));
  }
  if (!ended) calls.push(() => journal.setStatus(id, choice % 5 === 0 ? 'completed' : 'waiting', null));
  return calls[choice % Math.max(1, calls.length)] ?? null;
}

it('a process ended at any point leaves exactly what was committed before', () => {
  const numbers = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 1000 }));
  const sequences = fc.tuple(fc.array(numbers, { minLength: 1, maxLength: 25 }), fc.nat({ max: 60 }));
  fc.assert(
    fc.property(sequences, ([sequence, killAt]) => {
      const folder = temporaryFolder();
      const { store, audit } = deskUnderTest(folder);
      let moment = 0;
      let committed: unknown = null;
      let expected: unknown = null;
      const left = path.join(folder, 'left');
      const passMoment = () => {
        if (moment === killAt) {
          copyAsLeftBehind(folder, left);
          expected = committed;
        }
        moment += 1;
      };
      // Moments lie between the calls, and inside each before and after its audit row.
      const journal = openJournal(store, {
        append(event) {
          passMoment();
          audit.append(event);
          passMoment();
        },
      });
      committed = state(journal);
      for (const [which, choice] of sequence) {
        legalCall(journal, which, choice)?.();
        committed = state(journal);
        passMoment();
      }
      if (expected === null) {
        copyAsLeftBehind(folder, left);
        expected = committed;
      }
      store.close();
      const after = reopened(left);
      expect(after.state).toEqual(expected);
      expect(after.verdict.holds).toBe(true);
      rmSync(folder, { recursive: true, force: true });
    }),
    { numRuns: 60 },
  );
});
