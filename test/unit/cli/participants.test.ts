/** `participants` in the terminal, with a data folder and files of its own. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecords } from '../../../electron/records.ts';
import { terminal } from '../../support/terminal.ts';
import { TIME, sampleCase, sampleRecovery } from '../store/records.ts';

const A = '0x00000000000000000000000000000000000000A1';

let folder: string;
let data: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-participants-'));
  data = path.join(folder, 'data');
  file = path.join(folder, 'people.csv');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function participants(...argv: readonly string[]) {
  const run = await terminal(['participants', ...argv, '--json', '--data', data]);
  return { code: run.code, stderr: run.stderr, document: JSON.parse(run.stdout) as Record<string, unknown> };
}

const csv = (...rows: readonly string[]): string => ['id,name,wallets', ...rows].join('\n');

describe('participants in the terminal', () => {
  it('are shown by a dry run and changed by an import alone', async () => {
    writeFileSync(file, csv(`p-1,Ann,${A.toLowerCase()}`, 'p-2,Bob,'));

    const shown = await participants('import', file, '--dry-run');
    const before = await participants('list');
    const imported = await participants('import', file);
    const listed = await participants('list');

    expect(shown).toMatchObject({ code: 0, document: { outcome: 'shown', added: 2 } });
    expect(before.document).toEqual({ participants: [], more: false });
    expect(imported).toMatchObject({ code: 0, document: { outcome: 'imported', added: 2 } });
    expect(listed.document).toMatchObject({ participants: [{ id: 'p-1' }, { id: 'p-2' }], more: false });
    const found = await participants('search', 'an', '--limit', '1');
    expect(found.document).toMatchObject({ participants: [{ name: 'Ann' }], more: false });
  });

  it('with a wrong line are not imported, and the line is told', async () => {
    writeFileSync(file, csv('p-1,Ann,', 'p-2,Bob,0x1'));

    const { code, document } = await participants('import', file);

    expect(code).toBe(2);
    expect(document).toMatchObject({ outcome: 'refused', errorCount: 1, errors: [{ line: 3 }] });
    expect((await participants('list')).document).toEqual({ participants: [], more: false });
    const words = await terminal(['participants', 'import', file, '--data', data]);
    expect(words.stderr + words.stdout).toContain('Error on line 3');
  });

  it('are removed only by --remove-missing', async () => {
    writeFileSync(file, csv('p-1,Ann,', 'p-2,Bob,'));
    await participants('import', file);
    writeFileSync(file, csv('p-1,Ann,'));

    expect((await participants('import', file)).document).toMatchObject({
      missing: 1,
      removesMissing: false,
    });
    expect((await participants('list')).document['participants']).toHaveLength(2);
    await participants('import', file, '--remove-missing');
    expect((await participants('list')).document['participants']).toHaveLength(1);
  });

  it.each(['out.csv', 'out.json'])('are exported to %s for this user alone, and come back', async (name) => {
    writeFileSync(file, csv(`=p,Ann,${A}`));
    await participants('import', file);
    const out = path.join(folder, name);

    expect((await participants('export', out)).document).toMatchObject({ people: 1, format: name.slice(4) });

    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((entry) => entry.includes('partial'))).toEqual([]);
    expect(readFileSync(out, 'utf8')).toContain('Ann');
    expect((await participants('import', out, '--dry-run')).document).toMatchObject({ unchanged: 1 });
  });

  it('cannot be exported to where nothing can be written, nor listed where nothing was stored', async () => {
    expect((await participants('list')).document).toMatchObject({ error: { code: 'PARTICIPANT_NOT_FOUND' } });
    expect(existsSync(data)).toBe(false);
    writeFileSync(file, csv('p-1,Ann,'));
    await participants('import', file);
    const { document } = await participants('export', path.join(folder, 'nowhere', 'out.csv'));
    expect(document).toMatchObject({ error: { code: 'FILE_UNWRITABLE' } });
    expect((await participants('import', folder)).document).toMatchObject({
      error: { code: 'PARTICIPANTS_INVALID' },
    });
  });

  it('whose sign-in is held are released, once, with a row in the audit log', async () => {
    writeFileSync(file, csv('p-1,Ann,'));
    await participants('import', file);
    const records = openRecords(data);
    const item = { id: 'a', label: 'Practice', verification: null, createdAt: null, lastUsedAt: null };
    records.local.access.add('p-1', 'sessions', item);
    await records.local.directory.holdSignIn('p-1');
    records.close();

    expect((await participants('release', 'p-1')).document).toEqual({
      id: 'p-1',
      released: true,
      survivors: [],
    });
    expect((await participants('release', 'p-1')).document).toMatchObject({ released: false });
    expect((await participants('release', 'p-9')).document).toMatchObject({
      error: { code: 'PARTICIPANT_NOT_FOUND' },
    });
  });

  it.each([
    ['by its participant', 'p-1', null],
    [
      'by whom its steps found at a directory that was away',
      'identity:31337:0x1d',
      { participantId: 'p-1', before: null },
    ],
  ])(
    'are let in again only once the recovery has ended that is about them %s',
    async (_name, participantId, found) => {
      const records = openRecords(data);
      records.cases.insert('case-1', sampleCase, participantId, TIME);
      const step = { name: `hold_sign_in:${A}`, phase: 'revoke_sessions' as const };
      records.journal.begin({ ...sampleRecovery('r1', { participantId }), steps: [step] });
      records.journal.startStep('r1', step.name, 1, found);
      records.journal.setStatus('r1', 'waiting', null);
      records.close();
      writeFileSync(file, csv('p-1,Ann,', 'p-2,Bob,'));
      await participants('import', file);

      const refused = await participants('release', 'p-1');
      const other = await participants('release', 'p-2');
      const again = openRecords(data);
      again.journal.setStatus('r1', 'failed', null);
      again.close();
      const released = await participants('release', 'p-1');

      expect(refused).toMatchObject({ code: 4, document: { error: { code: 'RECOVERY_IN_PROGRESS' } } });
      expect(other.code).toBe(0);
      expect(released.code).toBe(0);
    },
  );
});
