/** A directory kept as a JSON file: `{ "participants": [{ "id", "name", "wallets": [..], "effectiveWallet"? }] }`. */
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Participant } from '../../shared/participant.ts';
import type { ParticipantDirectory } from './directory.ts';
import { fileDirectory } from './file-directory.ts';
import { personEntrySchema, personIdSchema, personOf, wordsOf } from './person-entry.ts';

const MAX_BYTES = 32 * 2 ** 20;
const BYTE_ORDER_MARK = '\uFEFF';

const fileSchema = z.lazy(() => z.strictObject({ participants: z.array(z.unknown()) }));

/** Reads a participants file of at most 32 MiB. @throws DeskError PARTICIPANTS_INVALID, naming the entry at fault. */
export async function readParticipantsFile(path: string): Promise<ParticipantDirectory> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw unusable(`${path} is larger than 32 MiB`);
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw cause instanceof DeskError ? cause : unusable(`${path} cannot be read`, cause);
  }
  return participantsOf(text);
}

/** The directory that a participants file's text describes. @throws DeskError PARTICIPANTS_INVALID */
export function participantsOf(text: string): ParticipantDirectory {
  const ids = new Set<string>();
  const owners = new Map<Address, Participant>();
  const people = readEntries(text).map((raw, index): Participant => {
    const label = labelOf(raw, index);
    const participant = readPerson(raw, label);
    if (ids.has(participant.id)) throw unusable(`${label}: another entry has the same id`);
    ids.add(participant.id);
    for (const { address } of participant.wallets) {
      const owner = owners.get(address);
      if (owner !== undefined)
        throw unusable(`${label}: the wallet ${address} belongs to "${owner.id}" already`);
      owners.set(address, participant);
    }
    return participant;
  });
  return fileDirectory(people);
}

function readEntries(text: string): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch {
    throw unusable('it is not JSON');
  }
  const file = fileSchema.safeParse(parsed);
  if (file.success) return file.data.participants;
  throw unusable(`it must be { "participants": [..] }: ${wordsOf(file.error)}`);
}

function readPerson(raw: unknown, label: string): Participant {
  const entry = personEntrySchema.safeParse(raw);
  if (!entry.success) throw unusable(`${label}: ${wordsOf(entry.error)}`);
  const person = personOf(entry.data);
  if (typeof person === 'string') throw unusable(`${label}: ${person}`);
  return person;
}

/** `entry 3 ("p-17")`, counted from 1 as people count. */
function labelOf(raw: unknown, index: number): string {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  const known = typeof id === 'string' && personIdSchema.safeParse(id).success;
  return known ? `entry ${index + 1} ("${id}")` : `entry ${index + 1}`;
}

function unusable(what: string, cause?: unknown): DeskError {
  return new DeskError('PARTICIPANTS_INVALID', {
    message: `The participants file cannot be used: ${what}. Nothing was read from it.`,
    remedy: 'Correct the file, or have it exported again, then start over.',
    retry: 'never',
    cause,
  });
}
