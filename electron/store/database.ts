/**
 * The store: one SQLite file in the data folder, one writing process, readers beside it. Every write is synchronous
 * and on disk when its transaction returns. It must never hold a secret in clear, never wait for anything inside a
 * transaction, and never import a room above it.
 */
import { chmodSync, existsSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { DeskError } from '../../shared/errors.ts';
import { takeWriterLock } from './lock.ts';
import type { WriterLock } from './lock.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Migration } from './migrations.ts';
import { ensurePrivateFile } from './private-file.ts';
import { standingStill } from './standing-still.ts';
import { databaseCorrupt, fileCode, folderUnusable, sqliteCode, storeError } from './store-errors.ts';

export type SqlValue = string | number | null;
/** Values of the `:name` parameters of a statement. */
export type SqlValues = Readonly<Record<string, SqlValue>>;

export interface Store {
  readonly folder: string;
  readonly mode: 'write' | 'read';
  /**
   * Runs the work in one transaction: all of it is on disk when this returns, or none of it is. Inside another
   * transaction it joins that one. The work must be synchronous: a promise undoes it and throws a TypeError.
   */
  transaction<T>(work: () => T): T;
  /** Runs one statement that answers no rows. */
  run(sql: string, values?: SqlValues): { readonly changes: number; readonly lastId: number };
  /** The first row, parsed; null for none. @throws DeskError DATABASE_CORRUPT for a row of another form. */
  row<T>(schema: z.ZodType<T>, sql: string, values?: SqlValues): T | null;
  rows<T>(schema: z.ZodType<T>, sql: string, values?: SqlValues): readonly T[];
  /**
   * All as it stands now, read by a connection of its own, whatever is written meanwhile. To be closed soon: until then
   * the file keeps what was written over.
   */
  snapshot(): Store;
  /** Closes the file and, for a writer, lets go of the data folder. May be called again. */
  close(): void;
}

export interface StoreOptions {
  readonly mode: 'write' | 'read';
  /** The versions this program knows; only tests name others. */
  readonly migrations?: readonly Migration[];
}

const STORE_FILE = 'desk.sqlite';
/** Milliseconds to wait for a lock that a reader or a foreign program holds. */
const BUSY_TIMEOUT = 2000;

function newest(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.number ?? 0;
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function holdsTables(database: Database.Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}

function refuseNewer(folder: string, version: number, known: number): void {
  if (version <= known) return;
  throw new DeskError('DATABASE_NEWER', {
    message: `The database in ${folder} was written by a newer Recovery Desk (version ${version}; this one knows ${known}). It was not changed.`,
    remedy: 'Use the newer Recovery Desk for this data folder.',
    retry: 'never',
  });
}

const brokenReference = z.lazy(() => z.object({ child: z.string(), parent: z.string() }));
const FIRST_BROKEN_REFERENCE = 'SELECT "table" AS child, parent FROM pragma_foreign_key_check LIMIT 1';

/** Every page, index and reference, not only the pages: an index that lost a row would hide it without a word. */
function checkIntegrity(database: Database.Database, folder: string): void {
  const verdict = String(database.pragma('integrity_check(1)', { simple: true }));
  if (verdict !== 'ok') throw databaseCorrupt(folder, verdict.split('\n')[0] ?? verdict);
  const broken = brokenReference.optional().parse(database.prepare(FIRST_BROKEN_REFERENCE).get());
  if (broken === undefined) return;
  throw databaseCorrupt(folder, `a row of ${broken.child} belongs to none of ${broken.parent}`);
}

/** Looks at the file without any right to change it: newer, damaged and foreign files stay as they are. */
function inspect(file: string, folder: string, known: number): void {
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    refuseNewer(folder, versionOf(database), known);
    if (versionOf(database) === 0 && holdsTables(database)) {
      throw databaseCorrupt(folder, `${STORE_FILE} is a database of another program`);
    }
    checkIntegrity(database, folder);
  } catch (thrown) {
    // Creation was cut off before the first version: the writing connection undoes it.
    if (sqliteCode(thrown) !== 'SQLITE_READONLY_ROLLBACK') throw thrown;
  } finally {
    database?.close();
  }
}

function configure(database: Database.Database, folder: string): void {
  if (database.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
    throw folderUnusable(folder, 'its file system has no shared memory for the database');
  }
  database.pragma('synchronous = FULL');
  if (process.platform === 'darwin') {
    database.pragma('fullfsync = ON');
    database.pragma('checkpoint_fullfsync = ON');
  }
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  // SECURITY: what is deleted is overwritten: a sealed passphrase outlives its hand-over nowhere.
  database.pragma('secure_delete = ON');
}

/** At once also where nothing is left to be done: a file that cannot be written to, or that is held, shows here. */
function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  database
    .transaction(() => {
      const before = versionOf(database);
      for (const { number, sql } of migrations.filter((one) => one.number > before)) {
        database.exec(sql);
        database.pragma(`user_version = ${number}`);
      }
    })
    .immediate();
}

function keepPrivate(file: string): void {
  if (process.platform === 'win32') return;
  for (const name of [`${file}-wal`, `${file}-shm`]) if (existsSync(name)) chmodSync(name, 0o600);
}

function storeOf(database: Database.Database, folder: string, lock: WriterLock | null): Store {
  const statements = new Map<string, Database.Statement>();
  let depth = 0;

  const coded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (thrown) {
      throw storeError(thrown, folder);
    }
  };
  const statement = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  /** After a full disk SQLite may have ended the transaction by itself: what follows in it must not be stored alone. */
  const assertWhole = (): void => {
    if (depth > 0 && !database.inTransaction) throw new Error('the transaction was rolled back before this');
  };
  const parsed = <T>(schema: z.ZodType<T>, row: unknown): T => {
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw databaseCorrupt(folder, `a row does not read: ${issue?.path.join('.')}`, result.error);
  };
  const synchronous = <T>(work: () => T): T => {
    const result = work();
    if (result instanceof Promise) {
      result.catch(() => undefined);
      throw new TypeError('the work of a transaction must not be asynchronous');
    }
    return result;
  };

  return {
    folder,
    mode: lock === null ? 'read' : 'write',
    transaction: (work) =>
      coded(() => {
        assertWhole();
        depth += 1;
        try {
          const begun = database.transaction(() => synchronous(work));
          return lock === null ? begun.deferred() : begun.immediate();
        } finally {
          depth -= 1;
        }
      }),
    run: (sql, values) =>
      coded(() => {
        assertWhole();
        const made = statement(sql);
        const { changes, lastInsertRowid } = values === undefined ? made.run() : made.run(values);
        return { changes, lastId: Number(lastInsertRowid) };
      }),
    row: (schema, sql, values) =>
      coded(() => {
        const made = statement(sql);
        const row = values === undefined ? made.get() : made.get(values);
        return row === undefined ? null : parsed(schema, row);
      }),
    rows: (schema, sql, values) =>
      coded(() => {
        const made = statement(sql);
        const found = values === undefined ? made.all() : made.all(values);
        return found.map((row) => parsed(schema, row));
      }),
    snapshot: () =>
      coded(() => storeOf(standingStill(path.join(folder, STORE_FILE), BUSY_TIMEOUT), folder, null)),
    close() {
      database.close();
      lock?.release();
    },
  };
}

function openForWriting(folder: string, migrations: readonly Migration[]): Store {
  const file = path.join(folder, STORE_FILE);
  const lock = takeWriterLock(folder);
  let database: Database.Database | null = null;
  try {
    ensurePrivateFile(file);
    inspect(file, folder, newest(migrations));
    database = new Database(file, { timeout: BUSY_TIMEOUT });
    configure(database, folder);
    migrate(database, migrations);
    keepPrivate(file);
    return storeOf(database, folder, lock);
  } catch (thrown) {
    database?.close();
    lock.release();
    throw thrown;
  }
}

/** False only for what is surely not there: what may not be looked at, or lies behind a file, is an error. */
function isThere(place: string, look: (place: string) => unknown = statSync): boolean {
  try {
    look(place);
    return true;
  } catch (thrown) {
    if (fileCode(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

/** Something may well have been stored there, on a drive that is away. */
function refuseDeadLink(folder: string): void {
  if (isThere(folder) || !isThere(folder, lstatSync)) return;
  throw folderUnusable(folder, 'it is a link to a place that is not there');
}

function openForReading(folder: string, migrations: readonly Migration[]): Store | null {
  const file = path.join(folder, STORE_FILE);
  if (!isThere(file)) {
    refuseDeadLink(folder);
    return null;
  }
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
  try {
    const version = versionOf(database);
    refuseNewer(folder, version, newest(migrations));
    if (version === newest(migrations)) return storeOf(database, folder, null);
    if (version > 0) {
      throw folderUnusable(
        folder,
        'its database is of an older version, which is brought up to date by the next command that writes',
      );
    }
    if (holdsTables(database))
      throw databaseCorrupt(folder, `${STORE_FILE} is a database of another program`);
    database.close();
    return null;
  } catch (thrown) {
    database.close();
    // Its creation was cut off before the first version: there is nothing to read yet.
    if (sqliteCode(thrown) === 'SQLITE_READONLY_ROLLBACK') return null;
    throw thrown;
  }
}

/**
 * Opens the store of a data folder (see `openDataFolder`).
 *
 * `write`: becomes the one writer, checks the file, brings it up to this program's version.
 * `read`: works beside a writer, takes no lock and changes nothing; null when nothing was ever stored there.
 * @throws DeskError DATA_FOLDER_IN_USE, DATABASE_NEWER, DATABASE_CORRUPT (these leave the file untouched), DISK_FULL,
 *   DATA_FOLDER_NOT_A_FOLDER, DATA_FOLDER_UNUSABLE.
 */
export function openStore(folder: string, options: StoreOptions & { readonly mode: 'write' }): Store;
export function openStore(folder: string, options: StoreOptions & { readonly mode: 'read' }): Store | null;
export function openStore(folder: string, options: StoreOptions): Store | null {
  const migrations = options.migrations ?? MIGRATIONS;
  try {
    return options.mode === 'write' ? openForWriting(folder, migrations) : openForReading(folder, migrations);
  } catch (thrown) {
    throw storeError(thrown, folder);
  }
}
