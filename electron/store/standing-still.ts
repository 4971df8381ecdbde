/** A connection that sees a database as it stands at one moment. */
import Database from 'better-sqlite3';

/**
 * In a transaction, which it never leaves: nothing of what is written from now on is seen.
 * @param timeout milliseconds to wait for a lock.
 */
export function standingStill(file: string, timeout: number): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout });
  try {
    database.exec('BEGIN');
    // Deferred: it begins with the first reading.
    database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}
