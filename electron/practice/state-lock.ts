/**
 * One process owns a node folder. The operating system holds the lock (an SQLite file in exclusive mode), so it goes
 * with its process however that ends, and never goes stale.
 */
import path from 'node:path';
import Database from 'better-sqlite3';

export interface StateLock {
  release(): void;
}

/** Takes the folder's lock, or answers null when another owner (also one in this process) holds it. */
export function tryLockFolder(folder: string): StateLock | null {
  const database = new Database(path.join(folder, 'owner.lock'), { timeout: 0 });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return {
    release: () => {
      database.close();
    },
  };
}
