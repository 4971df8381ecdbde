/** Opens a directory over HTTP as the desk does, with the secret that is given in place of the keychain's. */
import { onTestFinished } from 'vitest';
import type { ParticipantDirectory } from '../../electron/participants/directory.ts';
import { keepDirectorySecret } from '../../electron/participants/directory-secret.ts';
import type { DirectorySecrets } from '../../electron/participants/needs.ts';
import { openHttpDirectory } from '../../electron/participants/open-http-directory.ts';
import { directoryProfileSchema } from '../../shared/directory-profile.ts';
import type { Policy } from '../../shared/policy.ts';
import { DEFAULT_POLICY } from './default-policy.ts';

/** In memory: the real keychain has tests of its own. */
export function secretsInMemory(): DirectorySecrets {
  const kept = new Map<string, Uint8Array>();
  return {
    read: (account) => Promise.resolve(kept.get(account)?.slice() ?? null),
    write: (account, secret) => Promise.resolve(void kept.set(account, secret.slice())),
    remove: (account) => Promise.resolve(kept.delete(account)),
  };
}

export async function openTestDirectory(
  profile: object,
  secret: string,
  policy: Partial<Policy> = {},
): Promise<ParticipantDirectory> {
  const secrets = secretsInMemory();
  const parsed = directoryProfileSchema.parse(profile);
  await keepDirectorySecret(parsed, secrets, Buffer.from(secret));
  const { directory, close } = openHttpDirectory({
    profile: parsed,
    profileDir: '/',
    policy: { ...DEFAULT_POLICY, ...policy },
    secrets,
  });
  onTestFinished(close);
  return directory;
}

/** At a real Better Auth server, as its administrator. */
export function openBetterAuth(
  { url, adminSession }: { readonly url: string; readonly adminSession: string },
  profile: object = {},
  secret = adminSession,
): Promise<ParticipantDirectory> {
  const given = { kind: 'better-auth', name: 'Platform', url, credential: { kind: 'session' } };
  return openTestDirectory({ ...given, ...profile }, secret);
}
