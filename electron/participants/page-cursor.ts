/** Pages of a directory that counts from a first record: told apart, and never the same one again. */
import { directoryGarbage } from './directory-errors.ts';

const CURSOR = /^(?<first>\d{1,9}) (?<last>.+)$/su;

/**
 * One page of at most `limit` records.
 * @param read answers at most `max` records from `first` on, in an order that stays.
 * @returns the cursor of the page that follows; null where none does.
 * @throws DeskError DIRECTORY_GARBAGE for more than was asked for, for a record that is there twice, and for a page that
 *   holds the last record of the page before.
 */
export async function pageOf<T extends { readonly id: string }>(
  host: string,
  { limit, after }: { readonly limit: number; readonly after: string | null },
  read: (wanted: { readonly first: number; readonly max: number }) => Promise<readonly T[]>,
): Promise<{ readonly records: readonly T[]; readonly after: string | null }> {
  const cursor = after === null ? undefined : CURSOR.exec(after)?.groups;
  const first = Number(cursor?.['first'] ?? 0);
  const found = await read({ first, max: limit + 1 });
  const ids = new Set(found.map(({ id }) => id));
  if (found.length > limit + 1) throw directoryGarbage(`${host} lists more people than it was asked for`);
  if (ids.size < found.length) throw directoryGarbage(`${host} lists somebody twice`);
  if (cursor?.['last'] !== undefined && ids.has(cursor['last'])) {
    throw directoryGarbage(`${host} lists the same people again, or its list changed meanwhile`);
  }
  const records = found.slice(0, limit);
  const last = records.at(-1);
  const more = found.length > limit && last !== undefined;
  return { records, after: more ? `${first + records.length} ${last.id}` : null };
}
