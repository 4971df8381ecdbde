/** The journal: what was intended, signed, sent and found, each with its audit row, on disk before the next thing is done. */
import type { Journal } from '../../shared/journal.ts';
import type { Store } from './database.ts';
import { journalContext } from './journal-entry.ts';
import { handOverPart } from './journal-hand-over.ts';
import { partsPart } from './journal-parts.ts';
import { recoveryPart } from './journal-recoveries.ts';
import { stepPart } from './journal-steps.ts';
import { transactionPart } from './journal-transactions.ts';
import type { AuditSink, Clock } from './needs.ts';

/**
 * The journal of a store. Over a store opened for reading only its reads work.
 * Its writes throw IllegalTransition, and write nothing, for a change that the state of a row does not allow.
 */
export function openJournal(store: Store, audit: AuditSink, clock: Clock = () => new Date()): Journal {
  const context = journalContext(store, audit, clock);
  return {
    ...recoveryPart(context),
    ...stepPart(context),
    ...transactionPart(context),
    ...partsPart(context),
    ...handOverPart(context),
  };
}
