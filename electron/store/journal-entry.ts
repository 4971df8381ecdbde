/** What each write of the journal shares: one transaction, one time, and the audit rows that go with it. */
import type { AuditEvent } from '../../shared/audit.ts';
import { reasonCodeSchema } from '../../shared/audit.ts';
import { isoTime } from '../../shared/values.ts';
import type { Store } from './database.ts';
import type { AuditSink, Clock } from './needs.ts';

type WithoutTime<T> = T extends { readonly at: string } ? Omit<T, 'at'> : never;

export interface JournalContext {
  readonly store: Store;
  now(): string;
  audit(event: WithoutTime<AuditEvent>): void;
}

export function journalContext(store: Store, sink: AuditSink, clock: Clock): JournalContext {
  const now = () => isoTime(clock());
  return { store, now, audit: (event) => sink.append({ ...event, at: now() }) };
}

/** The audit log takes codes only: a reason in other words is kept in the journal and called OTHER there. */
export function auditReason(reason: string | null | undefined): string | null {
  if (reason === null || reason === undefined) return null;
  return reasonCodeSchema.safeParse(reason).success ? reason : 'OTHER';
}
