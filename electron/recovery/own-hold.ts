/** Whether a hold of somebody's sign-in is the desk's own: only such a one it may tell of as its own, and end. */
import type { Journal, StepRow } from '../../shared/journal.ts';
import { baselineOf, heldBy, maybeHeldBy } from './directory-outcome.ts';

/** A step of ours that began while sign-in was open: the hold came after it, also where its call was not answered. */
function beganOpen(row: StepRow): boolean {
  return row.name.startsWith('hold_sign_in:') && baselineOf(row)?.before?.signIn === 'open';
}

/**
 * By the journal alone: the step began while sign-in was open, or an earlier recovery of this desk left the person held.
 * @param person as the directory names them.
 */
export function isOwnHold(
  journal: Pick<Journal, 'list' | 'read'>,
  recoveryId: string,
  person: string,
): boolean {
  if (journal.read(recoveryId)?.steps.some(beganOpen) === true) return true;
  return journal.list().some(({ id }) => {
    const other = id === recoveryId ? null : journal.read(id);
    return other !== null && (heldBy(other) ?? maybeHeldBy(other.steps)) === person;
  });
}
