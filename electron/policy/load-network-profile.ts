/** Loads a network profile file: which chain, through which endpoints. */
import path from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import { networkProfileSchema } from '../../shared/network-profile.ts';
import type { NetworkProfile } from '../../shared/network-profile.ts';
import { describeIssues } from './describe-issues.ts';
import { readJsonFile } from './json-file.ts';

export interface LoadedProfile {
  readonly profile: NetworkProfile;
  /** The folder that file names inside the profile start at. */
  readonly dir: string;
}

/** @throws DeskError PROFILE_UNREADABLE, or PROFILE_INVALID naming each wrong key and what it should be. */
export function loadNetworkProfile(file: string): LoadedProfile {
  const read = readJsonFile(file);
  if (read.kind !== 'read') {
    throw new DeskError('PROFILE_UNREADABLE', {
      message: `The network profile ${file} ${read.kind === 'missing' ? 'does not exist' : read.reason}.`,
      remedy:
        'Put the file back, or give the path of another network profile: a JSON file that names the chain and its endpoints.',
      retry: 'never',
      cause: read.kind === 'missing' ? undefined : read.cause,
    });
  }
  const checked = networkProfileSchema.safeParse(read.value);
  if (!checked.success) {
    throw new DeskError('PROFILE_INVALID', {
      message: `The network profile ${file} cannot be used: ${describeIssues(read.value, checked.error)}.`,
      remedy: 'Correct what is named, then try again. Nothing was sent anywhere.',
      retry: 'never',
    });
  }
  return { profile: checked.data, dir: path.dirname(path.resolve(file)) };
}
