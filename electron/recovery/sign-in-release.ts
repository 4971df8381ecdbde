/** When a held sign-in may be released: not while the recovery that held it goes on, for until its end old factors let in. */
import { DeskError } from '../../shared/errors.ts';
import type { Journal, RecoveryRow } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import { baselineOf, isDirectoryStep } from './directory-outcome.ts';

/** One that began while the directory was away names the person by the chain; its steps name them as the directory does. */
function isAbout({ read }: Pick<Journal, 'read'>, row: RecoveryRow, id: string): boolean {
  const steps = read(row.id)?.steps.filter(isDirectoryStep) ?? [];
  return row.participantId === id || steps.some((step) => baselineOf(step)?.participantId === id);
}

/** @param id of the participant in the directory. @throws DeskError RECOVERY_IN_PROGRESS */
export function assertReleasable(journal: Pick<Journal, 'list' | 'read'>, id: string): void {
  const open = journal.list().find((row) => !hasEnded(row.status) && isAbout(journal, row, id));
  if (open === undefined) return;
  throw new DeskError('RECOVERY_IN_PROGRESS', {
    message: `Recovery ${open.id} of this person has not ended (${open.status}): what they signed in with before may still work. Sign-in stays held.`,
    remedy: `Carry on with it: \`resume ${open.id}\`. Release the sign-in when the new wallet is in the hands of the person.`,
    retry: 'never',
  });
}
