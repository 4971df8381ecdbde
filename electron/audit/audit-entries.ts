/** Entries of the audit log as they are stored, and the hash that binds them. */
import { z } from 'zod';
import type { AuditEntry } from '../../shared/audit.ts';
import { canonicalText, digestOf } from '../../shared/canonical.ts';
import type { Json } from '../../shared/canonical.ts';
import type { Hex } from '../../shared/values.ts';
import type { Store } from '../store/database.ts';

const asHex = (text: string) => text as Hex;

/** Loose about hashes: a tampered entry must be read to be reported. */
const entrySchema = z.lazy(() =>
  z.object({
    seq: z.int(),
    at: z.string(),
    kind: z.string(),
    fields: z.string(),
    previous: z.string().transform(asHex),
    hash: z.string().transform(asHex),
  }),
);

/** What an entry's hash is taken of: keccak256 over the RFC 8785 bytes. */
export interface HashedPart {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly fields: unknown;
  readonly previous: Hex;
}

export function entryHash({ seq, at, kind, fields, previous }: HashedPart): Hex {
  return digestOf({ seq, at, kind, fields, previous });
}

export function lastEntry(store: Store): AuditEntry | null {
  return store.row(entrySchema, 'SELECT * FROM audit ORDER BY seq DESC LIMIT 1');
}

export function entriesAfter(store: Store, afterSeq: number, limit: number): readonly AuditEntry[] {
  return store.rows(entrySchema, 'SELECT * FROM audit WHERE seq > :afterSeq ORDER BY seq LIMIT :limit', {
    afterSeq,
    limit,
  });
}

/** Whether any entry says exactly this. */
export function hasEntry(store: Store, kind: string, fields: Json): boolean {
  const found = store.row(
    z.object({ found: z.int() }),
    'SELECT 1 AS found FROM audit WHERE kind = :kind AND fields = :fields LIMIT 1',
    { kind, fields: canonicalText(fields) },
  );
  return found !== null;
}

const countSchema = z.object({ seq: z.int() });

/** The highest number ever given to an entry, which SQLite keeps beside the table. */
export function highestSeqEver(store: Store): number {
  return store.row(countSchema, `SELECT seq FROM sqlite_sequence WHERE name = 'audit'`)?.seq ?? 0;
}
