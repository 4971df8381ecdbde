/**
 * The audit log: what was done, each entry bound to the one before by its hash. Entries are only ever added. It must
 * never hold free text or a secret: shared/audit.ts lists all that an entry can say.
 */
import { AUDIT_START, auditEventSchema } from '../../shared/audit.ts';
import type { AuditEntry, AuditEvent } from '../../shared/audit.ts';
import { canonicalText } from '../../shared/canonical.ts';
import type { Json } from '../../shared/canonical.ts';
import type { Store } from '../store/database.ts';
import { assertAuditHolds, verifyAudit } from './audit-chain.ts';
import type { AuditVerdict } from './audit-chain.ts';
import { entriesAfter, entryHash, hasEntry, lastEntry } from './audit-entries.ts';

export interface AuditLog {
  /**
   * Adds an event, in the transaction that is open or in one of its own.
   * @throws ZodError for an unknown kind or field, or a value that is none of its kind; nothing is written then.
   */
  append(event: AuditEvent): void;
  /** Walks the whole log and says where it breaks first, if it does. */
  verify(): AuditVerdict;
  /**
   * Whether the whole log holds together and an entry says exactly this. It is no proof against whoever can write the
   * database: they can write the log anew, and nothing in it is signed.
   */
  tells(kind: AuditEvent['kind'], fields: Json): boolean;
  /** Entries with a higher number, in order. */
  entries(afterSeq: number, limit: number): readonly AuditEntry[];
}

/**
 * Opens the audit log of a store and checks its newest 1,000 entries.
 * @throws DeskError AUDIT_BROKEN when they do not hold together.
 */
export function openAuditLog(store: Store): AuditLog {
  assertAuditHolds(verifyAudit(store, 'tail'));
  return {
    append(event) {
      const { at, kind, fields } = auditEventSchema.parse(event);
      store.transaction(() => {
        const last = lastEntry(store);
        const seq = (last?.seq ?? 0) + 1;
        const previous = last?.hash ?? AUDIT_START;
        store.run(
          `INSERT INTO audit (seq, at, kind, fields, previous, hash)
           VALUES (:seq, :at, :kind, :fields, :previous, :hash)`,
          {
            seq,
            at,
            kind,
            fields: canonicalText(fields),
            previous,
            hash: entryHash({ seq, at, kind, fields, previous }),
          },
        );
      });
    },
    verify: () => verifyAudit(store, 'whole'),
    tells: (kind, fields) => verifyAudit(store, 'whole').holds && hasEntry(store, kind, fields),
    entries: (afterSeq, limit) => entriesAfter(store, afterSeq, limit),
  };
}
