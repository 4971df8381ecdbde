/** Marks a recovery as past its point of no return, once. */
import type { JournalContext } from './journal-entry.ts';
import { recoveryOf } from './journal-rows.ts';

export function passReturn(context: JournalContext, recoveryId: string): void {
  if (recoveryOf(context.store, recoveryId).noReturnAt !== null) return;
  context.store.run('UPDATE recovery SET noReturnAt = :noReturnAt WHERE id = :recoveryId', {
    recoveryId,
    noReturnAt: context.now(),
  });
  context.audit({ kind: 'recovery_past_return', fields: { recoveryId } });
}
