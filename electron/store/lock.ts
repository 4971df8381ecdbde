/**
 * One process writes. The lock is an exclusive lock on a second SQLite file, held for the process's life: the
 * operating system lets go of it however the process ends.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { DeskError } from '../../shared/errors.ts';
import { ensurePrivateFile } from './private-file.ts';
import { sqliteCode } from './store-errors.ts';

export interface WriterLock {
  release(): void;
}

const LOCK_FILE = 'desk.lock';
/** Says who holds the lock. For people only: it may be stale, and decides nothing. */
const HOLDER_FILE = 'desk.lock.pid';

function holder(folder: string): string {
  try {
    const pid = readFileSync(path.join(folder, HOLDER_FILE), 'utf8').trim();
    return /^\d{1,10}$/.test(pid) ? ` (process ${pid})` : '';
  } catch {
    return '';
  }
}

function announce(folder: string): void {
  try {
    writeFileSync(path.join(folder, HOLDER_FILE), `${process.pid}\n`, { mode: 0o600 });
  } catch {
    // The lock holds without it.
  }
}

/** Becomes the one writer of the folder. @throws DeskError DATA_FOLDER_IN_USE when another process, or another store of this one, is. */
export function takeWriterLock(folder: string): WriterLock {
  const file = path.join(folder, LOCK_FILE);
  ensurePrivateFile(file);
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    database.close();
    if (sqliteCode(thrown)?.startsWith('SQLITE_BUSY') !== true) throw thrown;
    throw new DeskError('DATA_FOLDER_IN_USE', {
      message: `Another Recovery Desk${holder(folder)} works with the data folder ${folder}. Nothing was done here.`,
      remedy:
        'Wait until it has ended, or close it, then try again. In the terminal, `status` and `list` work beside it.',
      retry: 'safe',
      cause: thrown,
    });
  }
  announce(folder);
  return {
    release() {
      if (!database.open) return;
      rmSync(path.join(folder, HOLDER_FILE), { force: true });
      database.close();
    },
  };
}
