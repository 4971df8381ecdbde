import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { openAuditLog } from '../../../electron/audit/audit-log.ts';
import { verifyAudit } from '../../../electron/audit/audit-chain.ts';
import { openStore } from '../../../electron/store/database.ts';
import { AUDIT_START } from '../../../shared/audit.ts';
import type { AuditEvent } from '../../../shared/audit.ts';
import { digestOf } from '../../../shared/canonical.ts';
import { deskErrorOf, openForTest } from '../store/desk-under-test.ts';
import { OPERATOR, TIME, hash } from '../store/records.ts';
import { temporaryFolder } from '../store/temp-folders.ts';

const confirmed: AuditEvent = {
  kind: 'plan_confirmed',
  at: TIME,
  fields: { planDigest: hash(1), operator: OPERATOR },
};
const opened: AuditEvent = { kind: 'case_opened', at: TIME, fields: { caseId: 'c1', reason: 'lost' } };

/** A closed data folder whose log holds so many entries. */
function folderWith(count: number): string {
  const folder = temporaryFolder();
  const store = openForTest(folder);
  const audit = openAuditLog(store);
  store.transaction(() => {
    for (let entry = 0; entry < count; entry += 1) audit.append(entry % 2 === 0 ? confirmed : opened);
  });
  store.close();
  return folder;
}

/** Changes the log as somebody does who may write the file and drops what forbids it. */
function tamper(folder: string, sql: string): void {
  const database = new Database(path.join(folder, 'desk.sqlite'));
  database.exec('DROP TRIGGER auditNoUpdate; DROP TRIGGER auditNoDelete; DROP TRIGGER auditNoReplace;');
  database.exec(sql);
  database.close();
}

describe('an entry', () => {
  it('carries its number, its canonical fields, the hash before it and its own', () => {
    const audit = openAuditLog(openForTest(temporaryFolder()));
    audit.append(confirmed);
    audit.append(opened);
    const [first, second] = audit.entries(0, 10);
    const fields = { operator: OPERATOR, planDigest: hash(1) };
    const firstHash = digestOf({ seq: 1, at: TIME, kind: 'plan_confirmed', fields, previous: AUDIT_START });
    expect(first).toEqual({
      seq: 1,
      at: TIME,
      kind: 'plan_confirmed',
      fields: JSON.stringify(fields),
      previous: AUDIT_START,
      hash: firstHash,
    });
    expect(second).toMatchObject({ seq: 2, previous: firstHash });
    expect(audit.verify()).toEqual({ holds: true, checked: 2, head: second?.hash });
  });

  it.each([
    ['an unknown kind', { ...opened, kind: 'anything' }],
    ['an unknown field', { ...opened, fields: { caseId: 'c1', reason: 'lost', passphrase: 'secret' } }],
    ['a missing field', { ...opened, fields: { caseId: 'c1' } }],
    ['a key in the place of an id', { ...opened, fields: { caseId: 'ab'.repeat(32), reason: 'lost' } }],
    ['free text in the place of an id', { ...opened, fields: { caseId: 'my secret', reason: 'lost' } }],
    ['something beside the fields', { ...opened, note: 'secret' }],
  ])('with %s is refused and nothing is written', (_, event) => {
    const audit = openAuditLog(openForTest(temporaryFolder()));
    expect(() => audit.append(event as AuditEvent)).toThrow(ZodError);
    expect(audit.entries(0, 10)).toEqual([]);
  });

  it('goes with the transaction that it is part of', () => {
    const store = openForTest(temporaryFolder());
    const audit = openAuditLog(store);
    expect(() =>
      store.transaction(() => {
        audit.append(opened);
        throw new Error('no further');
      }),
    ).toThrow('no further');
    audit.append(confirmed);
    expect(audit.verify()).toMatchObject({ holds: true, checked: 1 });
  });

  it.each([
    `UPDATE audit SET at = '' WHERE seq = 1`,
    'DELETE FROM audit WHERE seq = 2',
    `INSERT OR REPLACE INTO audit SELECT 1, at, kind, fields, previous, 'x' FROM audit WHERE seq = 2`,
    `INSERT OR REPLACE INTO audit SELECT 3, at, kind, fields, previous, hash FROM audit WHERE seq = 2`,
  ])('cannot be changed or removed: %s', (sql) => {
    const store = openForTest(folderWith(2));
    expect(() => store.run(sql)).toThrow('append-only');
    expect(verifyAudit(store, 'whole').holds).toBe(true);
  });
});

describe('asking the log for one entry', () => {
  const fields = { caseId: 'c1', reason: 'lost' };

  it('finds what was said, by kind and all its fields, in any order', () => {
    const audit = openAuditLog(openForTest(folderWith(2)));
    expect(audit.tells('case_opened', { reason: 'lost', caseId: 'c1' })).toBe(true);
    expect(audit.tells('case_opened', { ...fields, caseId: 'c2' })).toBe(false);
    expect(audit.tells('case_opened', { caseId: 'c1' })).toBe(false);
    expect(audit.tells('plan_made', fields)).toBe(false);
  });

  it('believes nothing where the log does not hold, be it before the newest 1,000', () => {
    const folder = folderWith(1_200);
    tamper(folder, `UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 5`);
    expect(openAuditLog(openForTest(folder)).tells('case_opened', fields)).toBe(false);
  });
});

describe('checking the log', () => {
  it('holds for an empty one', () => {
    const store = openForTest(temporaryFolder());
    expect(verifyAudit(store, 'whole')).toEqual({ holds: true, checked: 0, head: AUDIT_START });
  });

  it('walks the whole log on request and its newest 1,000 entries at opening', () => {
    const store = openForTest(folderWith(1203));
    const whole = verifyAudit(store, 'whole');
    const tail = verifyAudit(store, 'tail');
    expect(whole).toMatchObject({ holds: true, checked: 1203 });
    expect(tail).toEqual({ ...whole, checked: 1000 });
  });

  it('works beside the writer', () => {
    const folder = folderWith(3);
    openForTest(folder);
    const reader = openStore(folder, { mode: 'read' });
    if (reader === null) throw new Error('nothing to read');
    expect(verifyAudit(reader, 'whole')).toMatchObject({ holds: true, checked: 3 });
    reader.close();
  });

  it.each([
    [
      'a changed byte in the fields',
      `UPDATE audit SET fields = replace(fields, 'c1', 'c2') WHERE seq = 4`,
      4,
      'content',
    ],
    [
      'white space in the fields',
      `UPDATE audit SET fields = replace(fields, ',', ', ') WHERE seq = 3`,
      3,
      'content',
    ],
    ['fields that are no JSON', `UPDATE audit SET fields = '{' WHERE seq = 3`, 3, 'content'],
    ['another time', `UPDATE audit SET at = '2026-01-02T03:04:06.000Z' WHERE seq = 1`, 1, 'content'],
    ['another kind', `UPDATE audit SET kind = 'plan_made' WHERE seq = 5`, 5, 'content'],
    ['another hash', `UPDATE audit SET hash = '${hash(7)}' WHERE seq = 2`, 2, 'content'],
    ['another hash before it', `UPDATE audit SET previous = '${hash(7)}' WHERE seq = 2`, 2, 'link'],
    ['an entry gone from the middle', 'DELETE FROM audit WHERE seq = 3', 3, 'gap'],
    ['the first entry gone', 'DELETE FROM audit WHERE seq = 1', 1, 'gap'],
    ['the last entries gone', 'DELETE FROM audit WHERE seq > 4', 5, 'cut'],
    ['all entries gone', 'DELETE FROM audit', 1, 'cut'],
    [
      'two entries exchanged',
      'UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3); UPDATE audit SET seq = -seq WHERE seq < 0',
      2,
      'link',
    ],
  ])('finds %s', (_, sql, seq, what) => {
    const folder = folderWith(6);
    tamper(folder, sql);
    const store = openForTest(folder);
    expect(verifyAudit(store, 'whole')).toEqual({ holds: false, seq, what });
    expect(deskErrorOf(() => openAuditLog(store)).code).toBe('AUDIT_BROKEN');
  });

  it('finds a break before the newest 1,000 only when it walks the whole log', () => {
    const folder = folderWith(1100);
    tamper(folder, `UPDATE audit SET kind = 'plan_made' WHERE seq = 50`);
    const audit = openAuditLog(openForTest(folder));
    expect(audit.verify()).toEqual({ holds: false, seq: 50, what: 'content' });
  });
});
