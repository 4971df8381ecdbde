/** An import of people whose process is killed: nothing of it counts, or all of it, and the desk starts as ever. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskProcess, faultyDesk } from '../support/desk-process.ts';

/** Written in five slices. */
const PEOPLE = 1_100;

let folder: string;
let data: string;
let file: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-import-'));
  data = path.join(folder, 'data');
  file = path.join(folder, 'people.csv');
  writeFileSync(file, people('Before', 3));
  await done('import', file);
  writeFileSync(file, people('After', PEOPLE));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function wallet(n: number): string {
  return `0x${(n + 1).toString(16).padStart(40, '0')}`;
}

/** Each with a wallet, and these with others than before. */
function people(name: string, count: number): string {
  const first = name === 'Before' ? 0 : PEOPLE;
  const rows = Array.from({ length: count }, (_, n) => `p-${n},${name},${wallet(first + n)}`);
  return ['id,name,wallets', ...rows].join('\n');
}

function line(...command: readonly string[]): readonly string[] {
  return ['participants', ...command, '--data', data, '--json'];
}

/** In a process of its own, as the next start of the desk. */
async function done(...command: readonly string[]): Promise<unknown> {
  const run = await deskProcess(line(...command));
  expect(run.code, run.stderr).toBe(0);
  return JSON.parse(run.stdout);
}

async function names(): Promise<ReadonlySet<string>> {
  const listed = (await done('list', '--limit', '1000')) as { participants: { name: string }[] };
  return new Set(listed.participants.map(({ name }) => name));
}

/** Of every listing, whether it counts or not. */
function rows(): readonly unknown[] {
  const database = new Database(path.join(data, 'desk.sqlite'), { readonly: true });
  try {
    const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    return ['participant', 'participantWallet', 'participantText'].map(count);
  } finally {
    database.close();
  }
}

describe('an import that is killed', () => {
  it.each([
    ['after the first slice', { at: 'import:written', count: 1 }],
    ['after the last slice', { at: 'import:written', count: 5 }],
  ])('%s has changed nothing, and is done whole when it is repeated', async (_when, fault) => {
    const killed = await faultyDesk({ signal: 'SIGKILL', ...fault }, line('import', file));
    expect(killed.signal).toBe('SIGKILL');

    expect(await names()).toEqual(new Set(['Before']));
    expect(await done('search', wallet(PEOPLE))).toMatchObject({ participants: [] });
    expect(await done('import', file)).toMatchObject({ outcome: 'imported', changed: 3, added: PEOPLE - 3 });

    expect(await names()).toEqual(new Set(['After']));
    expect(rows()).toEqual([PEOPLE, PEOPLE, PEOPLE]);
  });

  it('once it counts is there whole, and what it left is gone with the next', async () => {
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'import:counts' }, line('import', file));
    expect(killed.signal).toBe('SIGKILL');

    expect(await names()).toEqual(new Set(['After']));
    expect(await done('import', file)).toMatchObject({ outcome: 'imported', unchanged: PEOPLE });

    expect(rows()).toEqual([PEOPLE, PEOPLE, PEOPLE]);
  });
});
