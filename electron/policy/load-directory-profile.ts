/** Loads a directory profile file: which participant directory, and where it keeps what. */
import path from 'node:path';
import { directoryProfileSchema } from '../../shared/directory-profile.ts';
import type { DirectoryProfile } from '../../shared/directory-profile.ts';
import { DeskError } from '../../shared/errors.ts';
import { describeIssues } from './describe-issues.ts';
import { readJsonFile } from './json-file.ts';

export interface LoadedDirectoryProfile {
  readonly profile: DirectoryProfile;
  /** The folder that file names inside the profile start at. */
  readonly dir: string;
}

function unusable(file: string, what: string, cause?: unknown): DeskError {
  return new DeskError('DIRECTORY_PROFILE_INVALID', {
    message: `The directory profile ${file} ${what}.`,
    remedy: 'Correct the file, or give the path of another one. Nothing was sent anywhere.',
    retry: 'never',
    cause,
  });
}

/** Whether a file of people is a directory profile, or else a list of them: the profile alone says its kind. */
export function isDirectoryProfile(file: string): boolean {
  const read = readJsonFile(file);
  return (
    read.kind === 'read' && typeof read.value === 'object' && read.value !== null && 'kind' in read.value
  );
}

/** @throws DeskError DIRECTORY_PROFILE_INVALID, naming each wrong key and what it should be. */
export function loadDirectoryProfile(file: string): LoadedDirectoryProfile {
  const read = readJsonFile(file);
  if (read.kind === 'missing') throw unusable(file, 'does not exist');
  if (read.kind === 'unreadable') throw unusable(file, read.reason, read.cause);
  const checked = directoryProfileSchema.safeParse(read.value);
  if (!checked.success) throw unusable(file, `cannot be used: ${describeIssues(read.value, checked.error)}`);
  return { profile: checked.data, dir: path.dirname(path.resolve(file)) };
}
