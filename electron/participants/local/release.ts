/** Ends the hold on somebody's sign-in, when the new wallet is in their hands. */
import { digestOf } from '../../../shared/canonical.ts';
import type { DirectoryEffect } from '../../../shared/directory.ts';
import { isoTime } from '../../../shared/values.ts';
import type { ParticipantDirectory } from '../directory.ts';
import type { LocalPeople } from './local-people.ts';

/**
 * @param operatorId whoever asked for it; null at the terminal.
 * @throws DeskError PARTICIPANT_NOT_FOUND, DIRECTORY_*.
 */
export async function releaseHeld(
  directory: Pick<ParticipantDirectory, 'releaseSignIn'>,
  { audit }: Pick<LocalPeople, 'audit'>,
  id: string,
  operatorId: string | null,
): Promise<DirectoryEffect> {
  const effect = await directory.releaseSignIn(id);
  const fields = { participantDigest: digestOf(id), operatorId };
  if ((effect.counts.sign_in_hold ?? 0) > 0)
    audit({ kind: 'sign_in_released', at: isoTime(new Date()), fields });
  return effect;
}
