/** What the store needs of the rooms above it. */
import type { AuditEvent } from '../../shared/audit.ts';

/** Takes one audit event into the transaction that is open. Throws, and so undoes it, what is no event. */
export interface AuditSink {
  append(event: AuditEvent): void;
}

/** The time now. */
export type Clock = () => Date;
