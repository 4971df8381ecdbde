/** Opens the participant directory that a profile describes, with the credential that lies in the keychain. */
import path from 'node:path';
import type { DirectoryProfile } from '../../shared/directory-profile.ts';
import type { Policy } from '../../shared/policy.ts';
import { openDirectoryLink } from '../network/directory-link.ts';
import type { DirectoryLink } from '../network/directory-link.ts';
import { betterAuthDirectory } from './better-auth/better-auth-directory.ts';
import { checkedDirectory } from './checked-directory.ts';
import type { ParticipantDirectory } from './directory.ts';
import { directorySecret } from './directory-secret.ts';
import { directoryFaults, directoryTlsFaults } from './http-faults.ts';
import { keycloakDirectory } from './keycloak/keycloak-directory.ts';
import { lateDirectory } from './late-directory.ts';
import type { DirectorySecrets } from './needs.ts';

/** Requests that one call of a directory may take one after another. */
const REQUESTS_OF_A_CALL = 6;

export interface OpenedDirectory {
  readonly directory: ParticipantDirectory;
  /** Drops all connections. */
  readonly close: () => void;
}

export interface HttpDirectoryOptions {
  readonly profile: DirectoryProfile;
  /** The folder that file names in the profile start at. */
  readonly profileDir: string;
  readonly policy: Pick<Policy, 'allowedHosts' | 'requestTimeoutMs'>;
  readonly secrets: DirectorySecrets;
}

function adapterOf(profile: DirectoryProfile, link: DirectoryLink, secret: string): ParticipantDirectory {
  return profile.kind === 'keycloak'
    ? keycloakDirectory(profile, link, secret)
    : betterAuthDirectory(profile, link, secret);
}

/**
 * Connects to nothing yet, and asks the keychain with the first call, which may throw DIRECTORY_SECRET_MISSING, too.
 * @throws DeskError HOST_NOT_ALLOWED, DIRECTORY_PROFILE_INVALID.
 */
export function openHttpDirectory(options: HttpDirectoryOptions): OpenedDirectory {
  const { profile, profileDir, policy, secrets } = options;
  const link = openDirectoryLink({
    url: profile.url,
    caFile: profile.caFile === undefined ? null : path.resolve(profileDir, profile.caFile),
    policy,
    faults: directoryFaults,
    tlsFaults: directoryTlsFaults,
  });
  const late = lateDirectory(profile.kind, async () =>
    adapterOf(profile, link, await directorySecret(profile, secrets)),
  );
  const seconds = (policy.requestTimeoutMs * REQUESTS_OF_A_CALL) / 1000;
  return {
    directory: checkedDirectory(late, seconds),
    close: () => link.close(),
  };
}
