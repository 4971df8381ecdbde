/** Ends the hold on somebody's sign-in, when the new wallet is in their hands. */
import type { AuditEvent } from '../../../shared/audit.ts';
import { digestOf } from '../../../shared/canonical.ts';
import type { DirectoryEffect } from '../../../shared/directory.ts';
import { asDeskError } from '../../../shared/errors.ts';
import { isoTime } from '../../../shared/values.ts';
import type { ParticipantDirectory } from '../directory.ts';
import type { LocalPeople } from './local-people.ts';

/** Why a directory that answered released nothing. */
const NOT_HELD = 'NOT_HELD';

/**
 * In the audit log before the directory is asked, for it may do so and the desk be gone: whoever may sign in again is to
 * be found there. What came of it follows.
 * @param operatorId whoever asked for it; null at the terminal.
 * @throws DeskError PARTICIPANT_NOT_FOUND, DIRECTORY_*.
 */
export async function releaseHeld(
  directory: Pick<ParticipantDirectory, 'releaseSignIn'>,
  { audit }: Pick<LocalPeople, 'audit'>,
  id: string,
  operatorId: string | null,
): Promise<DirectoryEffect> {
  const about = { participantDigest: digestOf(id), operatorId };
  const now = (): Pick<AuditEvent, 'at'> => ({ at: isoTime(new Date()) });
  const notReleased = (reason: string): void =>
    audit({ kind: 'sign_in_not_released', ...now(), fields: { ...about, reason } });
  audit({ kind: 'sign_in_release_begun', ...now(), fields: about });
  const asked = directory.releaseSignIn(id);
  const effect = await asked.catch((thrown: unknown) => {
    notReleased(asDeskError(thrown).code);
    throw thrown;
  });
  if ((effect.counts.sign_in_hold ?? 0) > 0) audit({ kind: 'sign_in_released', ...now(), fields: about });
  else notReleased(NOT_HELD);
  return effect;
}
