import path from 'node:path';
import Database from 'better-sqlite3';
import { AbiCoder, Transaction, getAddress } from 'ethers';
import { describe, expect, it } from 'vitest';
import { openRecords } from '../../electron/records.ts';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readAuditFile, readJournalFile } from '../support/journal-file.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
const THIEF = practiceAddress('accomplice');

type Change = (transaction: Transaction) => void;

/** What somebody with the database in hands might make of a stored token recovery. */
const CHANGES: readonly (readonly [string, Change])[] = [
  [
    'another destination',
    (transaction) => {
      const arguments_ = AbiCoder.defaultAbiCoder().encode(
        ['address', 'address'],
        [getAddress(`0x${transaction.data.slice(34, 74)}`), THIEF],
      );
      transaction.data = transaction.data.slice(0, 10) + arguments_.slice(2);
    },
  ],
  [
    'another contract',
    (transaction) => {
      transaction.to = THIEF;
    },
  ],
  [
    'an amount of native coin',
    (transaction) => {
      transaction.value = 1n;
    },
  ],
  [
    'more gas than was weighed',
    (transaction) => {
      transaction.gasLimit += 1n;
    },
  ],
  [
    'a higher price than was weighed',
    (transaction) => {
      transaction.maxFeePerGas = (transaction.maxFeePerGas ?? 0n) + 1n;
    },
  ],
  [
    'a price past the confirmed cost',
    (transaction) => {
      transaction.maxFeePerGas = (transaction.maxFeePerGas ?? 0n) * 1_000n;
    },
  ],
  [
    'another chain',
    (transaction) => {
      transaction.chainId = 1n;
    },
  ],
];

function alter(data: string, change: Change, reweighed: boolean): void {
  const database = new Database(path.join(data, 'desk.sqlite'));
  const unsigned = String(
    database.prepare(`SELECT unsigned FROM chainTransaction WHERE state = 'intended' LIMIT 1`).pluck().get(),
  );
  const transaction = Transaction.from(unsigned);
  change(transaction);
  if (reweighed) {
    const cost = transaction.gasLimit * (transaction.maxFeePerGas ?? 0n);
    database.prepare('UPDATE chainTransaction SET costCap = ? WHERE unsigned = ?').run(`${cost}`, unsigned);
  }
  database
    .prepare('UPDATE chainTransaction SET unsigned = ? WHERE unsigned = ?')
    .run(transaction.unsignedSerialized, unsigned);
  database.close();
}

describe('a stored transaction that somebody changed', () => {
  it.each([
    ...CHANGES.map(([what, change]) => ({ what, change, reweighed: false })),
    ...CHANGES.filter(([what]) => what.includes('confirmed cost')).map(([what, change]) => ({
      what: `${what}, and its weight along`,
      change,
      reweighed: true,
    })),
  ])('to $what is not signed, and nothing is sent', async ({ change, reweighed }) => {
    const { desk, data } = scene;
    const line = desk.recoverArgs(desk.person('jonas-weir'), data);
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'intended:recover_tokens' }, line);
    expect(killed.signal).toBe('SIGKILL');
    alter(data, change, reweighed);
    const before = await desk.provider.getTransactionCount(practiceAddress('operator'), 'pending');

    const resumed = await terminal(resumeArgs(desk, data, desk.passphraseFile()));

    expect(resultOf(resumed)).toMatchObject({ status: 'stopped', reason: { code: 'SIGNER_REFUSED' } });
    expect(resumed.code).toBe(1);
    expect(await desk.provider.getTransactionCount(practiceAddress('operator'), 'pending')).toBe(before);
    const intended = readJournalFile(data).transactions.filter((row) => row.state === 'intended');
    expect(intended).toHaveLength(2);
  });
});

describe('a plan that somebody changed once its recovery was begun', () => {
  it('is not gone on with, which names the other address and is written down', async () => {
    const { desk, data } = scene;
    const line = desk.recoverArgs(desk.person('jonas-weir'), data);
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'intended:recover_tokens' }, line);
    expect(killed.signal).toBe('SIGKILL');
    const database = new Database(path.join(data, 'desk.sqlite'));
    const destination = "json_extract(body, '$.replacement.address')";
    database.prepare(`UPDATE plan SET body = replace(body, ${destination}, ?)`).run(THIEF);
    database.close();
    const before = await desk.provider.getTransactionCount(practiceAddress('operator'), 'pending');

    const resumed = await terminal(resumeArgs(desk, data, desk.passphraseFile()));

    expect(resumed.code).not.toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ error: { code: 'PLAN_ALTERED' } });
    expect(resumed.stdout).toContain(THIEF);
    expect(readAuditFile(data).map(({ kind }) => kind)).toContain('execution_refused');
    expect(await desk.provider.getTransactionCount(practiceAddress('operator'), 'pending')).toBe(before);
  });
});

/** Makes every stored transaction a thousand times as dear, with its weight. */
function makeDear(data: string): void {
  const database = new Database(path.join(data, 'desk.sqlite'));
  const stored = database.prepare(`SELECT unsigned FROM chainTransaction WHERE state = 'intended'`).pluck();
  for (const unsigned of stored.all().map(String)) {
    const transaction = Transaction.from(unsigned);
    const price = (transaction.maxFeePerGas ?? 0n) * 1_000n;
    transaction.maxFeePerGas = price;
    transaction.maxPriorityFeePerGas = price;
    database
      .prepare('UPDATE chainTransaction SET unsigned = ?, costCap = ? WHERE unsigned = ?')
      .run(transaction.unsignedSerialized, `${transaction.gasLimit * price}`, unsigned);
  }
  database.close();
}

const HUGE = '1000000000000000000000';

describe('a cost bound that somebody raised in the database, for transactions made as dear', () => {
  it.each([
    {
      how: 'alone',
      code: 'SIGNER_REFUSED',
      raise: (data: string): void => {
        const database = new Database(path.join(data, 'desk.sqlite'));
        database.prepare('UPDATE recovery SET highestCost = ?').run(HUGE);
        database.close();
      },
    },
    {
      how: 'with an audit log written to match',
      code: 'COST_BOUND_REACHED',
      raise: (data: string): void => {
        const records = openRecords(data);
        records.journal.raiseBound(readJournalFile(data).recovery.id, HUGE);
        records.close();
      },
    },
  ])('$how opens nothing: nobody confirmed it to this run', async ({ code, raise }) => {
    const { desk, data } = scene;
    const line = desk.recoverArgs(desk.person('jonas-weir'), data);
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'intended:recover_tokens' }, line);
    expect(killed.signal).toBe('SIGKILL');
    makeDear(data);
    raise(data);
    const before = await desk.provider.getTransactionCount(practiceAddress('operator'), 'pending');

    const resumed = await terminal(resumeArgs(desk, data, desk.passphraseFile()));

    expect(resultOf(resumed)).toMatchObject({ status: 'stopped', reason: { code } });
    expect(await desk.provider.getTransactionCount(practiceAddress('operator'), 'pending')).toBe(before);
  });
});
