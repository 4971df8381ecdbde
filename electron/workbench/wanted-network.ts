/** Which network a desk is to work on: the one that a recovery waits on comes before the chosen one. */
import { hasEnded } from '../../shared/phases.ts';
import { PRACTICE_ID } from '../policy/desk-settings.ts';
import type { DeskSettings } from '../policy/desk-settings.ts';
import { profileFileOf } from '../recovery/profile-file.ts';
import type { Records } from '../records.ts';
import { networkOf } from './networks.ts';

export interface Wanted {
  readonly id: string;
  /** As it is called until its profile was read. */
  readonly name: string;
  readonly profileFile: string;
  readonly participantsFile: string | null;
}

/** The oldest recovery past its point of no return that has not ended. */
export function unendedPastReturn({ journal }: Pick<Records, 'journal'>): string | null {
  const open = journal.list().filter((row) => row.noReturnAt !== null && !hasEnded(row.status));
  return open.at(-1)?.id ?? null;
}

/**
 * @param lockedOn the recovery that waits; null for none.
 * @returns `practice` for the practice network, null where none was chosen.
 * @throws DeskError NETWORK_UNKNOWN
 */
export function wantedNetwork(
  { journal }: Pick<Records, 'journal'>,
  settings: DeskSettings,
  lockedOn: string | null,
): Wanted | 'practice' | null {
  const waiting = lockedOn === null ? undefined : journal.read(lockedOn)?.recovery;
  if (waiting !== undefined) {
    const profileFile = profileFileOf(waiting.profile);
    const kept = settings.networks.find((network) => network.file === profileFile);
    const participantsFile = kept?.participants ?? null;
    return { id: kept?.id ?? waiting.id, name: profileFile, profileFile, participantsFile };
  }
  if (settings.chosen === PRACTICE_ID) return 'practice';
  if (settings.chosen === null) return null;
  const { id, file, participants } = networkOf(settings, settings.chosen);
  return { id, name: file, profileFile: file, participantsFile: participants };
}
