/** The rows of a file that is imported, one after the other, as they stand there. */
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import type { Info } from 'csv-parse';
import { z } from 'zod';
import { unescapeFormula } from './formula.ts';
import { notImported } from './import-errors.ts';

/** `entry`: what a person entry is read from; `error`: why there is none, in words. */
export interface ImportRow {
  readonly line: number;
  readonly entry: unknown;
  readonly error: string | null;
}

export type ImportFormat = 'csv' | 'json';

export const MOST_PEOPLE = 250_000;
/** JSON is read in one go, which nothing else can interrupt. */
const MOST_JSON = 16 * 2 ** 20;
/** Characters, and rows, between which the desk does something else. */
const CHUNK = 2 ** 16;
const MOST_RECORD = 2 ** 20;
const BREATHE = 200;

const COLUMNS = ['id', 'name', 'wallets', 'effectiveWallet', 'lostWallets'];
const NEEDED = ['id', 'wallets'];

/** JSON begins with a brace, and no header of ours does. */
export function formatOf(text: string): ImportFormat {
  return text.trimStart().startsWith('{') ? 'json' : 'csv';
}

/** Semicolons where a spreadsheet of a country with decimal commas wrote them. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/u));
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

function assertColumns(header: readonly string[]): void {
  const strange = header.find((column) => !COLUMNS.includes(column));
  if (strange !== undefined)
    throw notImported(
      `line 1: there is no column "${strange.slice(0, 40)}"; there are ${COLUMNS.join(', ')}`,
    );
  const missing = NEEDED.find((column) => !header.includes(column));
  if (missing !== undefined) throw notImported(`line 1: the column "${missing}" is missing`);
  if (new Set(header).size < header.length) throw notImported('line 1: a column is there twice');
}

const list = (cell: string): readonly string[] => cell.split(/\s+/u).filter((part) => part !== '');

function entryOf(header: readonly string[], record: readonly string[]): unknown {
  const cells = new Map(header.map((column, index) => [column, unescapeFormula(record[index] ?? '')]));
  const lost = cells.get('lostWallets');
  const [name, effective] = [cells.get('name') ?? '', cells.get('effectiveWallet') ?? ''];
  return {
    id: cells.get('id'),
    ...(cells.has('name') ? { name: name === '' ? null : name } : {}),
    wallets: list(cells.get('wallets') ?? ''),
    ...(effective === '' ? {} : { effectiveWallet: effective }),
    ...(lost === undefined ? {} : { lostWallets: list(lost) }),
  };
}

/** With room between them, too: text that makes no rows is long all the same. */
async function* chunksOf(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += CHUNK) {
    yield text.slice(start, start + CHUNK);
    await setImmediate();
  }
}

interface CsvRecord {
  readonly info: Info;
  readonly record: readonly string[];
}

async function* csvRecords(text: string): AsyncGenerator<CsvRecord> {
  const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true };
  const parser = parse({ ...options, delimiter: delimiterOf(text), max_record_size: MOST_RECORD });
  try {
    yield* Readable.from(chunksOf(text)).pipe(parser) as AsyncIterable<CsvRecord>;
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    throw notImported(`line ${parser.info.lines}: ${thrown.message.replace(/\.$/u, '')}`, thrown);
  }
}

async function* csvRows(text: string): AsyncGenerator<ImportRow> {
  let header: readonly string[] | null = null;
  for await (const { info, record } of csvRecords(text)) {
    if (header === null) {
      header = record.map((column) => column.trim());
      assertColumns(header);
    } else if (record.length === header.length) {
      yield { line: info.lines, entry: entryOf(header, record), error: null };
    } else {
      const error = `it has ${record.length} cells, and the header has ${header.length}`;
      yield { line: info.lines, entry: null, error };
    }
  }
  if (header === null) throw notImported('it is empty: the first line has to name the columns');
}

/** The line on which each entry of `participants` begins; the text is known to be JSON. */
function entryLines(text: string): readonly number[] {
  const lines: number[] = [];
  let [line, depth, inString, before] = [1, 0, false, ''];
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (sign === '\n') line += 1;
    if (inString) {
      if (sign === '\\') index += 1;
      else if (sign === '"') inString = false;
      continue;
    }
    if (/\s/u.test(sign)) continue;
    const begins = depth === 2 && (before === '[' || before === ',') && sign !== ']';
    if (begins) lines.push(line);
    before = sign;
    if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
  }
  return lines;
}

const fileSchema = z.lazy(() => z.strictObject({ participants: z.array(z.unknown()) }));

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The engine does not always say where.
    const line = /\(line (\d+) /u.exec(String(cause))?.[1];
    throw notImported(`${line === undefined ? '' : `line ${line}: `}it is not JSON`, cause);
  }
}

async function* jsonRows(text: string): AsyncGenerator<ImportRow> {
  if (text.length > MOST_JSON) throw notImported(`JSON may have ${MOST_JSON / 2 ** 20} MiB: give it as CSV`);
  const file = fileSchema.safeParse(parsedJson(text));
  if (!file.success) throw notImported('line 1: it has to be { "participants": [..] }');
  const lines = entryLines(text);
  for (const [index, entry] of file.data.participants.entries())
    yield { line: lines[index] ?? 1, entry, error: null };
}

/**
 * Row by row, with room for whatever else the desk has to do.
 * @throws DeskError PARTICIPANTS_INVALID for what is no file of people at all, or has too many.
 */
export async function* importRows(text: string): AsyncGenerator<ImportRow> {
  const format = formatOf(text);
  let rows = 0;
  for await (const row of format === 'json' ? jsonRows(text) : csvRows(text)) {
    rows += 1;
    if (rows > MOST_PEOPLE) throw notImported(`it has more than ${MOST_PEOPLE} people`);
    if (rows % BREATHE === 0) await setImmediate();
    yield row;
  }
}
