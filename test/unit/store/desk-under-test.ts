/** A store with its audit log and journal over a real file, and the second process that competes for it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { openAuditLog } from '../../../electron/audit/audit-log.ts';
import type { AuditLog } from '../../../electron/audit/audit-log.ts';
import { caseRepository } from '../../../electron/store/case-repository.ts';
import { openStore } from '../../../electron/store/database.ts';
import type { Store } from '../../../electron/store/database.ts';
import { openJournal } from '../../../electron/store/journal.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { Journal } from '../../../shared/journal.ts';
import { TIME, sampleCase } from './records.ts';
import { temporaryFolder } from './temp-folders.ts';

export interface DeskUnderTest {
  readonly folder: string;
  readonly store: Store;
  readonly audit: AuditLog;
  readonly journal: Journal;
}

export function openForTest(folder: string): Store {
  const store = openStore(folder, { mode: 'write' });
  onTestFinished(() => store.close());
  return store;
}

export function deskUnderTest(folder: string = temporaryFolder()): DeskUnderTest {
  const store = openForTest(folder);
  const audit = openAuditLog(store);
  const cases = caseRepository(store);
  if (cases.get('case-1') === null) cases.insert('case-1', sampleCase, 'p-1', TIME);
  return { folder, store, audit, journal: openJournal(store, audit, () => new Date(TIME)) };
}

/** The files as a process that is ended here and now leaves them: nothing is checkpointed or closed. */
export function copyAsLeftBehind(folder: string, to: string): string {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of ['desk.sqlite', 'desk.sqlite-wal']) {
    if (!existsSync(path.join(folder, name))) continue;
    copyFileSync(path.join(folder, name), path.join(to, name));
    chmodSync(path.join(to, name), 0o600);
  }
  return to;
}

export async function secondProcess(folder: string) {
  const script = path.join(import.meta.dirname, 'hold-store.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const said = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    said: said[0],
    pid: child.pid,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The coded error that the work throws. */
export function deskErrorOf(work: () => unknown): DeskError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof DeskError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}
