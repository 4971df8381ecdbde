/** Opens the people that a file names: those listed in it, or those of the directory that it describes. */
import { isDirectoryProfile, loadDirectoryProfile } from '../policy/load-directory-profile.ts';
import { openHttpDirectory } from './open-http-directory.ts';
import type { HttpDirectoryOptions, OpenedDirectory } from './open-http-directory.ts';
import { readParticipantsFile } from './participants-file.ts';

/**
 * @throws DeskError PARTICIPANTS_INVALID for a list; HOST_NOT_ALLOWED, DIRECTORY_PROFILE_INVALID for a directory, which
 *   is asked nothing yet.
 */
export async function openParticipants(
  file: string,
  parts: Pick<HttpDirectoryOptions, 'policy' | 'secrets'>,
): Promise<OpenedDirectory> {
  if (!isDirectoryProfile(file)) {
    return { directory: await readParticipantsFile(file), close: () => undefined };
  }
  const { profile, dir } = loadDirectoryProfile(file);
  return openHttpDirectory({ ...parts, profile, profileDir: dir });
}

/** Whether a file can name people at all. @throws DeskError PARTICIPANTS_INVALID, DIRECTORY_PROFILE_INVALID */
export async function checkParticipants(file: string): Promise<void> {
  if (isDirectoryProfile(file)) loadDirectoryProfile(file);
  else await readParticipantsFile(file);
}
