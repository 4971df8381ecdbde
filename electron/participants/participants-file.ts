/** A directory kept as a JSON file: `{ "participants": [{ "id", "name", "wallets": [..], "effectiveWallet"? }] }`. */
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { addressSchema } from '../../shared/address-schema.ts';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Participant } from '../../shared/participant.ts';
import { CHAIN_ID_PREFIXES } from './chain-only.ts';
import type { PeopleList } from './people-list.ts';

const MAX_BYTES = 32 * 2 ** 20;
const BYTE_ORDER_MARK = '\uFEFF';

const lineSchema = z
  .string()
  .min(1, 'is empty')
  .max(200, 'is longer than 200 characters')
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u, 'holds an invisible character')
  .refine((text) => text.trim() === text, 'begins or ends with a space');

const entrySchema = z.strictObject({
  id: lineSchema.refine(
    (id) => !CHAIN_ID_PREFIXES.some((prefix) => id.startsWith(prefix)),
    'begins like the id of an on-chain identity',
  ),
  name: lineSchema.nullable().optional(),
  wallets: z.array(addressSchema).max(1000),
  /** The wallet meant when none is named; the first one where it is left out. */
  effectiveWallet: addressSchema.optional(),
});
type Entry = z.output<typeof entrySchema>;

const fileSchema = z.strictObject({ participants: z.array(z.unknown()) });

/** Reads a participants file of at most 32 MiB. @throws DeskError PARTICIPANTS_INVALID, naming the entry at fault. */
export async function readParticipantsFile(path: string): Promise<PeopleList> {
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
export function participantsOf(text: string): PeopleList {
  const byId = new Map<string, Participant>();
  const byWallet = new Map<Address, Participant>();
  for (const [index, raw] of readEntries(text).entries()) {
    const label = labelOf(raw, index);
    const participant = participantFrom(readEntry(raw, label), label);
    if (byId.has(participant.id)) throw unusable(`${label}: another entry has the same id`);
    byId.set(participant.id, participant);
    for (const { address } of participant.wallets) {
      const owner = byWallet.get(address);
      if (owner === participant) throw unusable(`${label}: the wallet ${address} is listed twice`);
      if (owner !== undefined) {
        throw unusable(`${label}: the wallet ${address} belongs to "${owner.id}" already`);
      }
      byWallet.set(address, participant);
    }
  }
  return {
    get: (id) => byId.get(id) ?? null,
    findByWallet: (address) => byWallet.get(address) ?? null,
    all: () => [...byId.values()],
  };
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

function readEntry(raw: unknown, label: string): Entry {
  const entry = entrySchema.safeParse(raw);
  if (entry.success) return entry.data;
  throw unusable(`${label}: ${wordsOf(entry.error)}`);
}

function participantFrom(entry: Entry, label: string): Participant {
  const effective = entry.effectiveWallet ?? entry.wallets[0];
  if (effective !== undefined && !entry.wallets.includes(effective)) {
    throw unusable(`${label}: the effective wallet ${effective} is not among its wallets`);
  }
  return {
    id: entry.id,
    name: entry.name ?? null,
    source: 'directory',
    wallets: entry.wallets.map((address) => ({ address, effective: address === effective })),
  };
}

/** `entry 3 ("p-17")`, counted from 1 as people count. */
function labelOf(raw: unknown, index: number): string {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  const known = typeof id === 'string' && lineSchema.safeParse(id).success;
  return known ? `entry ${index + 1} ("${id}")` : `entry ${index + 1}`;
}

function wordsOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it is malformed';
  const [field, position] = issue.path;
  if (field === undefined) return issue.message;
  return `"${String(field)}"${typeof position === 'number' ? ` number ${position + 1}` : ''} ${issue.message}`;
}

function unusable(what: string, cause?: unknown): DeskError {
  return new DeskError('PARTICIPANTS_INVALID', {
    message: `The participants file cannot be used: ${what}. Nothing was read from it.`,
    remedy: 'Correct the file, or have it exported again, then start over.',
    retry: 'never',
    cause,
  });
}
