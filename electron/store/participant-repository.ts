/** The people of the local directory: found by id, wallet or a part of their text, and written one by one. */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';
import { booleanColumn, integerColumn, storedAddressColumn } from './columns.ts';
import type { Store } from './database.ts';

/** What counts now: which listing, and how often anything of it was changed. */
export interface ListingNow {
  readonly listing: number;
  readonly revision: number;
}

export interface ParticipantRepository {
  now(): ListingNow;
  count(): number;
  get(id: string): Participant | null;
  byWallet(address: Address): Participant | null;
  /** In the order of ids, those after one. @param text in small letters; empty for everybody. */
  search(text: string, limit: number, after: string | null): readonly Participant[];
  /** Puts a person in the place of whoever has the id; the caller saw to it that nobody else has the wallets. */
  put(participant: Participant): void;
  /** Adds people to a listing that does not count yet. */
  add(listing: number, people: readonly Participant[]): void;
  /** A number for a listing that nothing lies in. */
  newListing(): number;
  /** Makes a listing the one that counts. */
  choose(listing: number): void;
  /** Removes up to so many people of listings that do not count. @returns how many. */
  sweep(limit: number): number;
}

const personSchema = z.lazy(() =>
  z.object({ number: integerColumn, id: z.string(), name: z.string().nullable() }),
);
type PersonRow = z.output<typeof personSchema>;

const walletSchema = z.lazy(() =>
  z.object({
    participant: integerColumn,
    address: storedAddressColumn,
    effective: booleanColumn,
    lost: booleanColumn,
  }),
);

const nowSchema = z.lazy(() => z.object({ listing: integerColumn, revision: integerColumn }));
const countSchema = z.object({ n: integerColumn });

const PERSON = 'SELECT p.number, p.id, p.name FROM participant AS p';
const CURRENT = 'p.listing = (SELECT listing FROM participantListing)';
/** Shorter texts have no trigram to look up. */
const INDEXED_LENGTH = 3;

function textOf({ id, name, wallets }: Participant): string {
  return [name ?? '', id, ...wallets.map(({ address }) => address)].join('\n').toLowerCase();
}

export function participantRepository(store: Store): ParticipantRepository {
  const withWallets = (people: readonly PersonRow[]): readonly Participant[] => {
    const numbers = JSON.stringify(people.map(({ number }) => number));
    const wallets = new Map<number, { address: Address; effective: boolean; lost?: boolean }[]>();
    for (const { participant, address, effective, lost } of store.rows(
      walletSchema,
      // CROSS: the few numbers are looked up, whatever the planner thinks of their order.
      `SELECT w.participant, w.address, w.effective, w.lost FROM json_each(:numbers) AS n
       CROSS JOIN participantWallet AS w ON w.participant = n.value ORDER BY w.participant, w.position`,
      { numbers },
    )) {
      const own = wallets.get(participant) ?? [];
      own.push({ address, effective, ...(lost ? { lost } : {}) });
      wallets.set(participant, own);
    }
    return people.map(({ number, id, name }) => ({
      id,
      name,
      source: 'directory' as const,
      wallets: wallets.get(number) ?? [],
    }));
  };
  const one = (where: string, values: Readonly<Record<string, string>>): Participant | null => {
    const row = store.row(personSchema, `${PERSON} WHERE ${CURRENT} AND ${where}`, values);
    return row === null ? null : (withWallets([row])[0] ?? null);
  };
  const now = (): ListingNow => {
    const found = store.row(nowSchema, 'SELECT listing, revision FROM participantListing');
    if (found === null) throw new Error('the local directory has no listing');
    return found;
  };
  const insert = (listing: number, participant: Participant): void => {
    const { lastId: number } = store.run(
      'INSERT INTO participant (listing, id, name) VALUES (:listing, :id, :name)',
      { listing, id: participant.id, name: participant.name },
    );
    for (const [position, { address, effective, lost = false }] of participant.wallets.entries()) {
      store.run(
        `INSERT INTO participantWallet (listing, address, participant, position, effective, lost)
         VALUES (:listing, :address, :number, :position, :effective, :lost)`,
        { listing, address, number, position, effective: Number(effective), lost: Number(lost) },
      );
    }
    store.run('INSERT INTO participantText (rowid, text) VALUES (:number, :text)', {
      number,
      text: textOf(participant),
    });
  };
  const remove = (number: number): void => {
    store.run('DELETE FROM participantText WHERE rowid = :number', { number });
    store.run('DELETE FROM participant WHERE number = :number', { number });
  };
  return {
    now,
    count: () =>
      store.row(countSchema, `SELECT count(*) AS n FROM participant AS p WHERE ${CURRENT}`)?.n ?? 0,
    get: (id) => one('p.id = :id', { id }),
    byWallet: (address) =>
      one(
        'p.number = (SELECT participant FROM participantWallet WHERE listing = p.listing AND address = :address)',
        { address },
      ),
    search(text, limit, after) {
      const page = { limit, after: after ?? '' };
      const order = 'AND p.id > :after ORDER BY p.id LIMIT :limit';
      if (text === '')
        return withWallets(store.rows(personSchema, `${PERSON} WHERE ${CURRENT} ${order}`, page));
      const columns = 'SELECT p.number, p.id, p.name FROM';
      // CROSS: texts that match are looked up once; of short ones, the people in their order until the page is full.
      const rows =
        Array.from(text).length < INDEXED_LENGTH
          ? store.rows(
              personSchema,
              `${columns} participant AS p CROSS JOIN participantText AS t ON t.rowid = p.number
               WHERE ${CURRENT} AND instr(t.text, :text) > 0 ${order}`,
              { ...page, text },
            )
          : store.rows(
              personSchema,
              `${columns} participantText AS t CROSS JOIN participant AS p ON p.number = t.rowid
               WHERE participantText MATCH :phrase AND ${CURRENT} ${order}`,
              { ...page, phrase: `"${text.replaceAll('"', '""')}"` },
            );
      return withWallets(rows);
    },
    put(participant) {
      store.transaction(() => {
        const { listing } = now();
        const { id } = participant;
        const before = store.row(personSchema, `${PERSON} WHERE ${CURRENT} AND p.id = :id`, { id });
        if (before !== null) remove(before.number);
        insert(listing, participant);
        store.run('UPDATE participantListing SET revision = revision + 1');
      });
    },
    add(listing, people) {
      store.transaction(() => {
        for (const participant of people) insert(listing, participant);
      });
    },
    newListing: () =>
      (store.row(
        countSchema,
        `SELECT max((SELECT listing FROM participantListing), coalesce(max(listing), 0)) AS n FROM participant`,
      )?.n ?? 0) + 1,
    choose(listing) {
      store.run('UPDATE participantListing SET listing = :listing, revision = revision + 1', { listing });
    },
    sweep: (limit) =>
      store.transaction(() => {
        const left = store.rows(
          personSchema,
          `${PERSON} WHERE p.listing <> (SELECT listing FROM participantListing) LIMIT :limit`,
          { limit },
        );
        for (const { number } of left) remove(number);
        return left.length;
      }),
  };
}
