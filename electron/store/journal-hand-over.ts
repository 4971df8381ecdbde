/** The journal's part on the hand-over of a generated wallet: who took what, and that the desk let go of it. */
import { z } from 'zod';
import { HAND_OVER_FACTS, recipientSchema } from '../../shared/hand-over.ts';
import type { HandOverRow } from '../../shared/hand-over.ts';
import type { Journal } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import { addressColumn } from './columns.ts';
import type { Store } from './database.ts';
import { IllegalTransition } from './illegal-transition.ts';
import type { JournalContext } from './journal-entry.ts';
import { recoveryOf } from './journal-rows.ts';

const rowSchema = z.object({
  what: z.enum(HAND_OVER_FACTS),
  operatorId: z.string(),
  operator: addressColumn,
  recipient: recipientSchema.nullable(),
  at: z.string(),
});

/** In the order in which it happened. */
export function handOverOf(store: Store, recoveryId: string): readonly HandOverRow[] {
  return store.rows(
    rowSchema,
    'SELECT what, operatorId, operator, recipient, at FROM handOver WHERE recoveryId = :recoveryId ORDER BY position',
    { recoveryId },
  );
}

const AFTER_DONE: readonly HandOverRow['what'][] = ['cleared', 'sign_in_released'];

/** What of the wallet leaves does so before it is marked done, and the desk lets go of it after that. */
function fits(what: HandOverRow['what'], before: readonly HandOverRow[]): boolean {
  const is = (wanted: HandOverRow['what']): boolean => before.some((row) => row.what === wanted);
  if (what === 'cleared') return is('done') && !is('cleared');
  if (what === 'sign_in_released') return is('cleared');
  return !is('done');
}

function record(
  context: JournalContext,
  recoveryId: string,
  { what, operatorId, operator, recipient }: Omit<HandOverRow, 'at'>,
): void {
  const { store } = context;
  const { status } = recoveryOf(store, recoveryId);
  // Letting go goes on also where the recovery does, whose failed tokens may be retried at any time.
  if (!hasEnded(status) && !AFTER_DONE.includes(what))
    throw new IllegalTransition(`recovery ${recoveryId} is ${status}: nothing leaves yet`);
  const before = handOverOf(store, recoveryId);
  if (!fits(what, before)) throw new IllegalTransition(`recovery ${recoveryId}: no ${what} at this point`);
  store.run(
    `INSERT INTO handOver (recoveryId, position, what, operatorId, operator, recipient, at)
     VALUES (:recoveryId, :position, :what, :operatorId, :operator, :recipient, :at)`,
    { recoveryId, position: before.length + 1, what, operatorId, operator, recipient, at: context.now() },
  );
  context.audit({ kind: 'hand_over', fields: { recoveryId, what, operatorId, recipient } });
}

export function handOverPart(context: JournalContext): Pick<Journal, 'recordHandOver'> {
  return {
    recordHandOver: (recoveryId, fact) => context.store.transaction(() => record(context, recoveryId, fact)),
  };
}
