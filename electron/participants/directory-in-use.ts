/** Which directory counts on a network: the file that it names, else the desk's own once there are people in it. */
import type { ParticipantDirectory } from './directory.ts';
import type { LocalPeople } from './local/local-people.ts';

/**
 * @param named what the network's settings or the command line name.
 * @param local null where nothing was ever stored.
 */
export function directoryInUse(
  named: ParticipantDirectory | null,
  local: LocalPeople | null,
): () => ParticipantDirectory | null {
  return () => named ?? (local === null || local.isEmpty() ? null : local.directory);
}
