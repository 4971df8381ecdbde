import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../../electron/store/database.ts';
import type { Store } from '../../../electron/store/database.ts';
import { MIGRATIONS } from '../../../electron/store/migrations.ts';
import type { Migration } from '../../../electron/store/migrations.ts';
import { deskErrorOf, openForTest, secondProcess } from './desk-under-test.ts';
import { mountedFolder, remount, temporaryFolder } from './temp-folders.ts';

const numberOf = (store: Store, sql: string) => store.row(z.object({ n: z.number() }), sql)?.n;
const countOf = (store: Store) => numberOf(store, 'SELECT count(*) AS n FROM scanMemory');
const file = (folder: string) => path.join(folder, 'desk.sqlite');

function remember(store: Store, key: string, size = 1): void {
  store.run(`INSERT INTO scanMemory (key, scannedTo, scannedHash, logs) VALUES (:key, 1, '0x', :logs)`, {
    key,
    logs: 'x'.repeat(size),
  });
}

const NEXT = MIGRATIONS.length + 1;
/** Bytes of a page of SQLite, where nobody says otherwise. */
const PAGE = 4096;

const next: Migration = {
  number: NEXT,
  name: 'next',
  sql: 'CREATE TABLE added (id INTEGER PRIMARY KEY) STRICT;',
};
const broken: Migration = {
  number: NEXT,
  name: 'broken',
  sql: 'CREATE TABLE half (id INTEGER); SELECT nonsense;',
};

describe('opening a store for writing', () => {
  it('leads an empty folder to the newest version, in files of their owner alone', () => {
    const folder = temporaryFolder();
    const store = openForTest(folder);
    expect(numberOf(store, 'SELECT user_version AS n FROM pragma_user_version')).toBe(MIGRATIONS.length);
    const tables = store.rows(
      z.object({ name: z.string() }),
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    );
    expect(tables.map((table) => table.name)).toEqual([
      'audit',
      'chainTransaction',
      'challenge',
      'confirmation',
      'furtherWallet',
      'generatedWallet',
      'handOut',
      'handOver',
      'keptPassphrase',
      'operator',
      'operatorRecoveryCode',
      'participant',
      'participantAccess',
      'participantHold',
      'participantListing',
      'participantText',
      'participantText_config',
      'participantText_content',
      'participantText_data',
      'participantText_docsize',
      'participantText_idx',
      'participantWallet',
      'plan',
      'preview',
      'recovery',
      'recoveryCase',
      'scanMemory',
      'step',
    ]);
    for (const name of ['desk.sqlite', 'desk.sqlite-wal', 'desk.sqlite-shm', 'desk.lock', 'desk.lock.pid']) {
      expect([name, statSync(path.join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it('writes ahead, syncs in full and keeps foreign keys', () => {
    const store = openForTest(temporaryFolder());
    const pragma = (name: string) => store.row(z.record(z.string(), z.unknown()), `PRAGMA ${name}`);
    expect(pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(pragma('synchronous')).toEqual({ synchronous: 2 });
    expect(pragma('foreign_keys')).toEqual({ foreign_keys: 1 });
  });

  it('refuses at once what another program is writing to', () => {
    const folder = temporaryFolder();
    openStore(folder, { mode: 'write' }).close();
    const other = new Database(file(folder));
    other.exec('BEGIN IMMEDIATE');
    expect(deskErrorOf(() => openStore(folder, { mode: 'write' })).code).toBe('DATA_FOLDER_IN_USE');
    other.close();
    openStore(folder, { mode: 'write' }).close();
  });

  it('migrates from the version before and keeps what is stored', () => {
    const folder = temporaryFolder();
    const before = openForTest(folder);
    remember(before, 'kept');
    before.close();
    const store = openStore(folder, { mode: 'write', migrations: [...MIGRATIONS, next] });
    expect(countOf(store)).toBe(1);
    expect(numberOf(store, 'SELECT count(*) AS n FROM added')).toBe(0);
    store.close();
  });

  it('undoes a migration that fails, as a whole', () => {
    const folder = temporaryFolder();
    openForTest(folder).close();
    expect(() => openStore(folder, { mode: 'write', migrations: [...MIGRATIONS, broken] })).toThrow(
      'nonsense',
    );
    const store = openForTest(folder);
    expect(numberOf(store, `SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'`)).toBe(0);
  });

  it('refuses a newer version and leaves its file as it is, byte for byte, in both modes', () => {
    const folder = temporaryFolder();
    openStore(folder, { mode: 'write', migrations: [...MIGRATIONS, next] }).close();
    const before = readFileSync(file(folder));
    expect(deskErrorOf(() => openStore(folder, { mode: 'write' })).code).toBe('DATABASE_NEWER');
    expect(deskErrorOf(() => openStore(folder, { mode: 'read' })).code).toBe('DATABASE_NEWER');
    expect(readFileSync(file(folder)).equals(before)).toBe(true);
  });

  it('refuses a file that is no database and leaves it as it is', () => {
    const folder = temporaryFolder();
    writeFileSync(file(folder), 'no database at all, '.repeat(500), { mode: 0o600 });
    const before = readFileSync(file(folder));
    expect(deskErrorOf(() => openStore(folder, { mode: 'write' })).code).toBe('DATABASE_CORRUPT');
    expect(deskErrorOf(() => openStore(folder, { mode: 'read' })).code).toBe('DATABASE_CORRUPT');
    expect(readFileSync(file(folder)).equals(before)).toBe(true);
  });

  it('refuses a damaged database and leaves it as it is', () => {
    const folder = temporaryFolder();
    const store = openForTest(folder);
    for (let key = 0; key < 200; key += 1) remember(store, String(key), 500);
    store.close();
    const bytes = readFileSync(file(folder));
    bytes.fill(0xee, 8 * 4096, 60 * 4096);
    writeFileSync(file(folder), bytes);
    expect(deskErrorOf(() => openStore(folder, { mode: 'write' })).code).toBe('DATABASE_CORRUPT');
    expect(readFileSync(file(folder)).equals(bytes)).toBe(true);
  });

  it('refuses a database whose index says other than its table, and leaves it as it is', () => {
    const folder = temporaryFolder();
    const store = openForTest(folder);
    remember(store, 'remembered');
    const page = numberOf(
      store,
      `SELECT rootpage AS n FROM sqlite_schema WHERE tbl_name = 'scanMemory' AND type = 'index'`,
    );
    store.close();
    const bytes = readFileSync(file(folder));
    const index = bytes.subarray(((page ?? 0) - 1) * PAGE, (page ?? 0) * PAGE);
    index.write('remembared', index.indexOf('remembered'));
    writeFileSync(file(folder), bytes);
    const error = deskErrorOf(() => openStore(folder, { mode: 'write' }));
    expect(error.code).toBe('DATABASE_CORRUPT');
    expect(error.message).toContain('index');
    expect(readFileSync(file(folder)).equals(bytes)).toBe(true);
  });

  it('refuses a database with a row that belongs to none, and leaves it as it is', () => {
    const folder = temporaryFolder();
    openForTest(folder).close();
    const database = new Database(file(folder));
    database.pragma('foreign_keys = OFF');
    database.exec(
      `INSERT INTO step (recoveryId, name, attempt, position, phase, state, baseline, outcome)
       VALUES ('R-1', 'verify', 1, 1, 'verify', 'pending', '', '')`,
    );
    database.close();
    const before = readFileSync(file(folder));
    const error = deskErrorOf(() => openStore(folder, { mode: 'write' }));
    expect(error.code).toBe('DATABASE_CORRUPT');
    expect(error.message).toContain('step belongs to none of recovery');
    expect(readFileSync(file(folder)).equals(before)).toBe(true);
  });

  it('refuses a database of another program', () => {
    const folder = temporaryFolder();
    const other = new Database(file(folder));
    other.exec('CREATE TABLE theirs (id INTEGER)');
    other.close();
    expect(deskErrorOf(() => openStore(folder, { mode: 'write' })).code).toBe('DATABASE_CORRUPT');
    expect(deskErrorOf(() => openStore(folder, { mode: 'read' })).code).toBe('DATABASE_CORRUPT');
  });

  it('is refused on a read-only file system', ({ skip }) => {
    const folder = mountedFolder('size=2m,mode=0700');
    if (folder === null) return skip('this process may not mount a file system');
    openForTest(folder).close();
    remount(folder, 'ro');
    expect(deskErrorOf(() => openStore(folder, { mode: 'write' })).code).toBe('DATA_FOLDER_UNUSABLE');
    return undefined;
  });
});

describe('the lock of the one writer', () => {
  it('refuses a second process and names the first', async () => {
    const folder = temporaryFolder();
    const other = await secondProcess(folder);
    expect(other.said).toBe('held');
    const error = deskErrorOf(() => openStore(folder, { mode: 'write' }));
    expect(error.code).toBe('DATA_FOLDER_IN_USE');
    expect(error.message).toContain(`process ${other.pid}`);
  });

  it('still refuses a second process after this one opened the folder once more by mistake', async () => {
    const folder = temporaryFolder();
    openForTest(folder);
    expect(deskErrorOf(() => openStore(folder, { mode: 'write' })).code).toBe('DATA_FOLDER_IN_USE');
    expect((await secondProcess(folder)).said).toBe('DATA_FOLDER_IN_USE');
  });

  it('is free after kill -9', async () => {
    const folder = temporaryFolder();
    const other = await secondProcess(folder);
    await other.kill();
    expect(countOf(openForTest(folder))).toBe(0);
  });

  it('is free after closing, and closing twice does no harm', () => {
    const folder = temporaryFolder();
    const store = openForTest(folder);
    store.close();
    store.close();
    expect(countOf(openForTest(folder))).toBe(0);
  });
});

describe('opening a store for reading', () => {
  it('answers nothing where nothing was ever stored, and creates nothing', () => {
    const folder = temporaryFolder();
    expect(openStore(folder, { mode: 'read' })).toBeNull();
    expect(() => statSync(file(folder))).toThrow('ENOENT');
  });

  it('answers nothing where there is no folder, and creates none', () => {
    const folder = path.join(temporaryFolder(), 'none');
    expect(openStore(folder, { mode: 'read' })).toBeNull();
    expect(() => statSync(folder)).toThrow('ENOENT');
  });

  it('does not take a file for an empty folder', () => {
    const place = path.join(temporaryFolder(), 'file');
    writeFileSync(place, '');
    for (const folder of [place, path.join(place, 'inside')]) {
      expect(deskErrorOf(() => openStore(folder, { mode: 'read' })).code).toBe('DATA_FOLDER_NOT_A_FOLDER');
    }
  });

  it('does not take what it cannot look into for empty', () => {
    const home = temporaryFolder();
    const [circle, nowhere] = [path.join(home, 'circle'), path.join(home, 'nowhere')];
    symlinkSync(circle, circle);
    symlinkSync(path.join(home, 'away'), nowhere);
    const words = (folder: string) => deskErrorOf(() => openStore(folder, { mode: 'read' })).message;
    expect(words(circle)).toContain('its links go round in a circle');
    expect(words(nowhere)).toContain('it is a link to a place that is not there');
  });

  it('answers nothing where creation was cut off before the first version', () => {
    const folder = temporaryFolder();
    writeFileSync(file(folder), '', { mode: 0o600 });
    expect(openStore(folder, { mode: 'read' })).toBeNull();
  });

  it('works beside a writer, sees what it commits, and cannot write', () => {
    const folder = temporaryFolder();
    const writer = openForTest(folder);
    const reader = openStore(folder, { mode: 'read' });
    if (reader === null) throw new Error('nothing to read');
    expect(countOf(reader)).toBe(0);
    writer.transaction(() => {
      remember(writer, 'a');
      expect(countOf(reader)).toBe(0);
    });
    expect(countOf(reader)).toBe(1);
    expect(deskErrorOf(() => remember(reader, 'b')).code).toBe('DATA_FOLDER_UNUSABLE');
    reader.close();
    expect(countOf(writer)).toBe(1);
  });

  it('reads a consistent state inside a transaction', () => {
    const folder = temporaryFolder();
    const writer = openForTest(folder);
    const reader = openStore(folder, { mode: 'read' });
    reader?.transaction(() => {
      expect(countOf(reader)).toBe(0);
      remember(writer, 'a');
      expect(countOf(reader)).toBe(0);
    });
    reader?.close();
  });

  it('does not migrate an older version: it says who does', () => {
    const folder = temporaryFolder();
    openForTest(folder).close();
    const before = readFileSync(file(folder));
    const error = deskErrorOf(() => openStore(folder, { mode: 'read', migrations: [...MIGRATIONS, next] }));
    expect(error.code).toBe('DATA_FOLDER_UNUSABLE');
    expect(error.message).toContain('older version');
    expect(readFileSync(file(folder)).equals(before)).toBe(true);
  });
});

describe('a transaction', () => {
  it('stores nothing of work that throws, nested work included', () => {
    const store = openForTest(temporaryFolder());
    expect(() =>
      store.transaction(() => {
        store.transaction(() => remember(store, 'inner'));
        throw new Error('no further');
      }),
    ).toThrow('no further');
    expect(countOf(store)).toBe(0);
  });

  it('takes back only the inner part when the outer work goes on', () => {
    const store = openForTest(temporaryFolder());
    store.transaction(() => {
      remember(store, 'outer');
      expect(() =>
        store.transaction(() => {
          remember(store, 'inner');
          throw new Error('no further');
        }),
      ).toThrow('no further');
    });
    expect(countOf(store)).toBe(1);
  });

  it('refuses asynchronous work and stores nothing of it', async () => {
    const store = openForTest(temporaryFolder());
    expect(() =>
      store.transaction(() => {
        remember(store, 'early');
        return Promise.reject(new Error('late'));
      }),
    ).toThrow(TypeError);
    await Promise.resolve();
    expect(countOf(store)).toBe(0);
  });

  it('refuses a row that does not read as a damaged database', () => {
    const store = openForTest(temporaryFolder());
    const schema = z.object({ n: z.string() });
    expect(deskErrorOf(() => store.row(schema, 'SELECT 1 AS n')).code).toBe('DATABASE_CORRUPT');
  });
});

describe('a full disk', () => {
  it('undoes the transaction as a whole, and the next one works once there is space', ({ skip }) => {
    const folder = mountedFolder('size=2m,mode=0700');
    if (folder === null) return skip('this process may not mount a file system');
    const store = openForTest(folder);
    remember(store, 'before');
    const filler = path.join(folder, 'filler');
    expect(() => writeFileSync(filler, Buffer.alloc(4 * 1024 * 1024))).toThrow('ENOSPC');
    const work = () =>
      store.transaction(() => {
        remember(store, 'small');
        remember(store, 'large', 300_000);
      });
    expect(deskErrorOf(work).code).toBe('DISK_FULL');
    expect(countOf(store)).toBe(1);
    rmSync(filler);
    work();
    expect(countOf(store)).toBe(3);
    return undefined;
  });

  it('is told by SQLite itself, and nothing after it in the same work is stored alone', () => {
    const store = openForTest(temporaryFolder());
    const pages = numberOf(store, 'SELECT page_count AS n FROM pragma_page_count') ?? 0;
    const limit = (count: number) => store.row(z.unknown(), `PRAGMA max_page_count = ${count}`);
    limit(pages + 2);
    expect(() =>
      store.transaction(() => {
        remember(store, 'small');
        expect(deskErrorOf(() => remember(store, 'large', 100_000)).code).toBe('DISK_FULL');
        remember(store, 'after');
      }),
    ).toThrow('rolled back before this');
    expect(countOf(store)).toBe(0);
    expect(
      deskErrorOf(() =>
        store.transaction(() => {
          remember(store, 'small');
          remember(store, 'large', 100_000);
        }),
      ).code,
    ).toBe('DISK_FULL');
    expect(countOf(store)).toBe(0);
    limit(10_000);
    remember(store, 'large', 100_000);
    expect(countOf(store)).toBe(1);
  });
});
