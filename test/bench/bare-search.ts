/** What a search is held against: the same people in a table of SQLite's, found through an index of all their trigrams. */
import Database from 'better-sqlite3';
import type { ListedPerson } from './people.ts';

export interface BareQuery {
  readonly text: string;
  readonly limit: number;
}

export interface BareSearch {
  /** @returns the first so many by name, and how many there are, as the desk's answer says. */
  search(query: BareQuery): { readonly found: number; readonly rows: readonly unknown[] };
  close(): void;
}

const SCHEMA = `
  CREATE TABLE people (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT COLLATE NOCASE,
    wallets INTEGER NOT NULL,
    wallet TEXT,
    state TEXT NOT NULL,
    text TEXT NOT NULL
  );
  CREATE INDEX people_by_name ON people (name);
  CREATE VIRTUAL TABLE texts USING fts5 (text, content = '', tokenize = 'trigram');
`;

const COLUMNS = 'people.id, people.name, people.wallets, people.wallet, people.state';

export function openBareSearch(people: readonly ListedPerson[]): BareSearch {
  const database = new Database(':memory:');
  database.exec(SCHEMA);
  const person = database.prepare('INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)');
  const filed = database.prepare('INSERT INTO texts (rowid, text) VALUES (?, ?)');
  database.transaction(() => {
    for (const [number, { id, name, wallets }] of people.entries()) {
      const state = wallets.length === 0 ? 'no_wallet' : 'active';
      const text = [name ?? '', id, ...wallets].join('\n').toLowerCase();
      person.run(number, id, name, wallets.length, wallets[0] ?? null, state, text);
      filed.run(number, text);
    }
  })();
  database.exec("INSERT INTO texts (texts) VALUES ('optimize'); ANALYZE;");
  const fitting = 'FROM texts JOIN people ON people.number = texts.rowid WHERE texts MATCH ?';
  const rows = database.prepare(`SELECT ${COLUMNS} ${fitting} ORDER BY people.name LIMIT ?`);
  const found = database.prepare('SELECT count(*) FROM texts WHERE texts MATCH ?').pluck();
  const all = database.prepare(`SELECT ${COLUMNS} FROM people ORDER BY people.name LIMIT ?`);
  const everybody = database.prepare('SELECT count(*) FROM people').pluck();
  const scanned = 'FROM people WHERE instr(text, ?) > 0';
  const short = database.prepare(`SELECT ${COLUMNS} ${scanned} ORDER BY name LIMIT ?`);
  const shortFound = database.prepare(`SELECT count(*) ${scanned}`).pluck();
  return {
    search({ text, limit }) {
      if (text === '') return { found: everybody.get() as number, rows: all.all(limit) };
      // The index knows threes of letters only.
      if (text.length < 3) return { found: shortFound.get(text) as number, rows: short.all(text, limit) };
      const phrase = `"${text.replaceAll('"', '""')}"`;
      return { found: found.get(phrase) as number, rows: rows.all(phrase, limit) };
    },
    close: () => void database.close(),
  };
}
