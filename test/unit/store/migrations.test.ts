/** Each migration leads from the version before, with what was stored under that one. */
import { describe, expect, it } from 'vitest';
import { openAuditLog } from '../../../electron/audit/audit-log.ts';
import { caseRepository } from '../../../electron/store/case-repository.ts';
import { openStore } from '../../../electron/store/database.ts';
import { openJournal } from '../../../electron/store/journal.ts';
import { MIGRATIONS } from '../../../electron/store/migrations.ts';
import { operatorRepository } from '../../../electron/store/operator-repository.ts';
import { deskUnderTest } from './desk-under-test.ts';
import { OPERATOR_ID, sampleOperator } from './operator-records.ts';
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

  it('to version 3 keeps recoveries and their audit log, knows no operators, and takes the first', () => {
    const folder = writtenUnder(2);

    const { store, journal, audit } = deskUnderTest(folder);
    const operators = operatorRepository(store, audit);

    expect(journal.read('r1')?.recovery).toMatchObject({ id: 'r1', status: 'running' });
    expect(audit.verify()).toMatchObject({ holds: true });
    expect(operators.rows()).toEqual([]);
    operators.insert(sampleOperator());
    expect(operators.get(OPERATOR_ID)?.operator.name).toBe('Ada Lovelace');
  });
});
