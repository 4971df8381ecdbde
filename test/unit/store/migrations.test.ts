/** Each migration leads from the version before, with what was stored under that one. */
import { describe, expect, it } from 'vitest';
import { openAuditLog } from '../../../electron/audit/audit-log.ts';
import { caseRepository } from '../../../electron/store/case-repository.ts';
import { openStore } from '../../../electron/store/database.ts';
import { openJournal } from '../../../electron/store/journal.ts';
import { MIGRATIONS } from '../../../electron/store/migrations.ts';
import { deskUnderTest } from './desk-under-test.ts';
import { TIME, sampleCase, sampleRecovery } from './records.ts';
import { temporaryFolder } from './temp-folders.ts';

/** A folder as the desk left it when its newest version was this one, with one recovery begun. */
function writtenUnder(version: number): string {
  const folder = temporaryFolder();
  const store = openStore(folder, { mode: 'write', migrations: MIGRATIONS.slice(0, version) });
  caseRepository(store).insert('case-1', sampleCase, 'p-1', TIME);
  openJournal(store, openAuditLog(store), () => new Date(TIME)).begin(sampleRecovery('r1'));
  store.close();
  return folder;
}

describe('the migration', () => {
  it('to version 2 keeps recoveries, whose bound is that of their plans', () => {
    const folder = writtenUnder(1);

    const { journal, audit } = deskUnderTest(folder);

    const { recovery, steps } = journal.read('r1') ?? {};
    expect(recovery).toMatchObject({ id: 'r1', status: 'running', highestCost: null });
    expect(steps).toHaveLength(sampleRecovery('r1').steps.length);
    expect(audit.entries(0, 10).map(({ kind }) => kind)).toContain('recovery_begun');
  });
});
