/**
 * What a file would change in the local directory, row by row, before anything is. What the desk knows to be lost stays
 * lost: no file takes the mark away or makes such a wallet effective.
 */
import { createHash } from 'node:crypto';
import type { Address } from '../../../shared/address.ts';
import { digestOf } from '../../../shared/canonical.ts';
import type { Participant } from '../../../shared/participant.ts';
import { TOLD_CHANGES, TOLD_ERRORS } from '../../../shared/people-import.ts';
import type { ImportChange, ImportPreview } from '../../../shared/people-import.ts';
import type { Hex } from '../../../shared/values.ts';
import { everybody } from '../everybody.ts';
import { personEntrySchema, personIdSchema, personOf, wordsOf } from '../person-entry.ts';
import { formatOf, importRows } from './import-rows.ts';
import type { ImportRow } from './import-rows.ts';
import { decode } from './import-text.ts';
import { keptAgainst, lostOf, withKnownLosses } from './known-losses.ts';
import type { LocalPeople } from './local-people.ts';
import { changesOf } from './person-changes.ts';

/** What was shown, with everything that carrying it out takes. */
export interface PreparedImport {
  readonly preview: ImportPreview;
  readonly fileDigest: Hex;
  /** Of the directory that it was compared with. */
  readonly revision: number;
  /** Everybody of the file, as they will be. */
  readonly people: ReadonlyMap<string, Participant>;
}

interface Read {
  readonly person: Participant;
  /** In words, what stays of before although the row says otherwise. */
  readonly kept: readonly string[];
}

/** The person that a row describes, or what is wrong with it. */
function read(row: ImportRow, local: LocalPeople): Read | string {
  if (row.error !== null) return row.error;
  const entry = personEntrySchema.safeParse(row.entry);
  if (!entry.success) return wordsOf(entry.error);
  const before = local.people.get(entry.data.id);
  const named = { ...(before === null ? {} : { name: before.name }), ...entry.data };
  const person = personOf(withKnownLosses(named, before));
  if (typeof person === 'string') return person;
  const effective = person.wallets.find((wallet) => wallet.effective);
  return effective?.lost === true
    ? `the effective wallet ${effective.address} is on record as lost`
    : { person, kept: keptAgainst(entry.data, before) };
}

interface Rows {
  readonly people: Map<string, Participant>;
  readonly lines: ReadonlyMap<string, number>;
  /** Of people of whom something stays against their row. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
  readonly count: number;
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

/** All rows of a text, with ids and wallets that stand twice in it among the errors. */
async function readRows(text: string, local: LocalPeople): Promise<Rows> {
  const people = new Map<string, Participant>();
  const lines = new Map<string, number>();
  const kept = new Map<string, readonly string[]>();
  const owners = new Map<Address, string>();
  const errors: { line: number; message: string }[] = [];
  let count = 0;
  for await (const row of importRows(text)) {
    count += 1;
    const { line } = row;
    const told = read(row, local);
    if (typeof told === 'string') {
      errors.push({ line, message: `${labelOf(row)}${told}` });
      continue;
    }
    const { person } = told;
    const first = lines.get(person.id);
    if (first !== undefined) {
      errors.push({ line, message: `"${person.id}" is on line ${first} already` });
      continue;
    }
    for (const { address } of person.wallets) {
      const owner = owners.get(address);
      if (owner === undefined) owners.set(address, person.id);
      else
        errors.push({
          line,
          message: `"${person.id}": the wallet ${address} belongs to "${owner}" on line ${lines.get(owner) ?? line}`,
        });
    }
    people.set(person.id, person);
    lines.set(person.id, line);
    if (told.kept.length > 0) kept.set(person.id, told.kept);
  }
  return { people, lines, kept, count, errors };
}

function labelOf({ entry }: ImportRow): string {
  const id = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined;
  return personIdSchema.safeParse(id).success ? `"${String(id)}": ` : '';
}

interface Compared {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly kept: number;
  readonly missing: number;
  readonly changes: readonly ImportChange[];
  readonly errors: Rows['errors'];
}

/** The rows against everybody of the directory. */
async function compare(rows: Rows, local: LocalPeople, removeMissing: boolean): Promise<Compared> {
  const { people, lines, kept } = rows;
  const errors: { line: number; message: string }[] = [];
  // What is about lost wallets is told before all else.
  const [first, changes]: [ImportChange[], ImportChange[]] = [[], []];
  const tell = (change: ImportChange, isFirst: boolean): void => {
    const among = isFirst ? first : changes;
    if (among.length < TOLD_CHANGES) among.push(change);
  };
  const owners = new Map<Address, string>();
  for (const { id, wallets } of people.values()) for (const { address } of wallets) owners.set(address, id);
  const known = new Set<string>();
  let [changed, stayed, missing] = [0, 0, 0];
  for await (const page of everybody(local.directory)) {
    for (const before of page) {
      const { id, name } = before;
      const after = people.get(id);
      if (after !== undefined) {
        known.add(id);
        const line = lines.get(id) ?? null;
        const what = changesOf(before, after);
        const stays = kept.get(id) ?? [];
        if (what.length + stays.length === 0) continue;
        if (what.length === 0) stayed += 1;
        else changed += 1;
        const kind = what.length === 0 ? 'kept' : 'changed';
        tell({ line, kind, id, name: after.name, what: [...what, ...stays] }, stays.length > 0);
        continue;
      }
      missing += 1;
      const lost = lostOf(before);
      if (removeMissing) {
        const what = lost.map((wallet) => `with the wallet ${wallet}, on record as lost`);
        tell({ line: null, kind: 'removed', id, name, what }, lost.length > 0);
      }
      for (const { address } of before.wallets) {
        const taker = owners.get(address);
        if (taker === undefined || (removeMissing && !lost.includes(address))) continue;
        const whose = lost.includes(address) ? 'is on record as lost by' : 'belongs to';
        errors.push({
          line: lines.get(taker) ?? 1,
          message: `"${taker}": the wallet ${address} ${whose} "${id}", who is not in the file`,
        });
      }
    }
  }
  for (const person of people.values()) {
    if (known.has(person.id)) continue;
    const wallets = `${person.wallets.length} ${person.wallets.length === 1 ? 'wallet' : 'wallets'}`;
    const line = lines.get(person.id) ?? null;
    tell({ line, kind: 'added', id: person.id, name: person.name, what: [wallets] }, false);
  }
  const added = people.size - known.size;
  const told = [...first, ...changes].slice(0, TOLD_CHANGES);
  const unchanged = known.size - changed;
  return { added, changed, unchanged, kept: stayed, missing, changes: told, errors };
}

/**
 * Reads and compares; changes nothing.
 * @throws DeskError PARTICIPANTS_INVALID for a file that is none of people. What is wrong with rows stands in the preview.
 */
export async function prepareImport(
  local: LocalPeople,
  source: { readonly fileName: string; readonly bytes: Buffer },
  removeMissing: boolean,
): Promise<PreparedImport> {
  const { revision } = local.people.now();
  const text = decode(source.bytes);
  const rows = await readRows(text, local);
  const compared = await compare(rows, local, removeMissing);
  const errors = [...rows.errors, ...compared.errors].toSorted((a, b) => a.line - b.line);
  const fileDigest: Hex = `0x${createHash('sha256').update(source.bytes).digest('hex')}`;
  return {
    fileDigest,
    revision,
    people: rows.people,
    preview: {
      fileName: source.fileName,
      format: formatOf(text),
      digest: digestOf({ fileDigest, revision, removeMissing }),
      rows: rows.count,
      added: compared.added,
      changed: compared.changed,
      unchanged: compared.unchanged,
      kept: compared.kept,
      missing: compared.missing,
      removesMissing: removeMissing,
      changes: [...compared.changes],
      errors: errors.slice(0, TOLD_ERRORS),
      errorCount: errors.length,
    },
  };
}
