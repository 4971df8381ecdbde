/** Walks the audit log and finds the first entry that does not hold. */
import { AUDIT_START } from '../../shared/audit.ts';
import type { AuditEntry } from '../../shared/audit.ts';
import { canonicalText } from '../../shared/canonical.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import type { Store } from '../store/database.ts';
import { entriesAfter, entryHash, highestSeqEver, lastEntry } from './audit-entries.ts';

export type AuditBreak =
  /** The entry's number does not follow the one before: entries are missing. */
  | 'gap'
  /** It names another entry before it than the one that is there. */
  | 'link'
  /** What it says is not what its hash was taken of. */
  | 'content'
  /** Entries at the end are gone. */
  | 'cut';

export type AuditVerdict =
  | { readonly holds: true; readonly checked: number; readonly head: Hex }
  | { readonly holds: false; readonly seq: number; readonly what: AuditBreak };

const TAIL = 1000;
const PAGE = 500;

function hashHolds(entry: AuditEntry): boolean {
  try {
    const fields: unknown = JSON.parse(entry.fields);
    return canonicalText(fields) === entry.fields && entryHash({ ...entry, fields }) === entry.hash;
  } catch {
    return false;
  }
}

function breakOf(entry: AuditEntry, seq: number, previous: Hex | null): AuditBreak | null {
  if (entry.seq !== seq) return 'gap';
  if (previous !== null && entry.previous !== previous) return 'link';
  return hashHolds(entry) ? null : 'content';
}

function walk(store: Store, afterSeq: number): AuditVerdict {
  let seq = afterSeq;
  let checked = 0;
  let previous: Hex | null = afterSeq === 0 ? AUDIT_START : null;
  for (;;) {
    const page = entriesAfter(store, seq, PAGE);
    for (const entry of page) {
      const what = breakOf(entry, seq + 1, previous);
      if (what !== null) return { holds: false, seq: seq + 1, what };
      seq += 1;
      checked += 1;
      previous = entry.hash;
    }
    if (page.length < PAGE) break;
  }
  if (highestSeqEver(store) !== seq) return { holds: false, seq: seq + 1, what: 'cut' };
  return { holds: true, checked, head: previous ?? AUDIT_START };
}

/**
 * Checks that the log holds together: numbers without gaps, each entry bound to the one before, each hash that of what
 * the entry says. `tail` looks at the newest 1,000. It cannot see a log that was written anew as a whole: compare
 * `head` with one that was kept elsewhere.
 */
export function verifyAudit(store: Store, extent: 'whole' | 'tail'): AuditVerdict {
  return store.transaction(() => {
    const last = lastEntry(store)?.seq ?? 0;
    return walk(store, extent === 'whole' ? 0 : Math.max(0, last - TAIL));
  });
}

const WORDS: Readonly<Record<AuditBreak, string>> = {
  gap: 'entries before it are missing',
  link: 'it is not bound to the entry before it',
  content: 'it was changed after it was written',
  cut: 'entries at the end are missing',
};

/** @throws DeskError AUDIT_BROKEN */
export function assertAuditHolds(verdict: AuditVerdict): void {
  if (verdict.holds) return;
  throw new DeskError('AUDIT_BROKEN', {
    message: `The audit log breaks at entry ${verdict.seq}: ${WORDS[verdict.what]}. Nothing was done.`,
    remedy: 'Keep the data folder as it is, find out who changed the database, and put back a backup.',
    retry: 'never',
  });
}
