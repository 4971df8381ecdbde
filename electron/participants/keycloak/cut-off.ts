/** Takes away what a person gets in with, as far as an administrator of Keycloak can. */
import type { DirectoryEffect } from '../../../shared/directory.ts';
import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryCall } from '../directory.ts';
import { directoryGarbage } from '../directory-errors.ts';
import { endSessions } from '../ended-sessions.ts';
import type { AdminApi } from './admin-api.ts';
import { kindOf } from './records.ts';
import type { Credential } from './records.ts';
import { factorSurvivors, tokenSurvivors } from './survivors.ts';

/** Ends all sessions, and looks whether they are gone. */
export async function revokeSessions(
  api: AdminApi,
  id: string,
  now: () => Date,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  await api.user(id, call);
  const { ended, begun } = await endSessions({
    host: api.host,
    list: () => api.sessions(id, call),
    end: () => api.logout(id, call),
    keyOf: (session) => session.id,
  });
  const survivors = [
    ...tokenSurvivors(await api.realm(call), now()),
    ...begun.map(() => ({ what: 'A session that was begun while the others were ended.', until: null })),
  ];
  return { counts: { sessions: ended.length }, survivors };
}

/** The password first: the account never stands open to it alone. */
const ORDER = ['password', 'second_factor', 'passkey', 'unknown'];

/**
 * Removes the password (unless the profile keeps it), then second factors and passkeys, and has the person who had an
 * authenticator app set one up at the next sign-in.
 */
export async function resetFactors(
  api: AdminApi,
  profile: KeycloakProfile,
  id: string,
  now: () => Date,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  const user = await api.user(id, call);
  const goes = (credential: Credential): boolean => {
    const kind = kindOf(credential);
    return kind === 'password' ? profile.password === 'replace' : kind !== 'unknown';
  };
  const before = await api.credentials(id, call);
  const rank = (credential: Credential): number => ORDER.indexOf(kindOf(credential));
  const going = before.filter(goes).toSorted((one, other) => rank(one) - rank(other));
  const actions = user.requiredActions ?? [];
  if (going.some(({ type }) => type === 'otp') && !actions.includes('CONFIGURE_TOTP')) {
    await api.update(id, { requiredActions: [...actions, 'CONFIGURE_TOTP'] }, call);
  }
  for (const credential of going) await api.removeCredential(id, credential.id, call);
  const left = await api.credentials(id, call);
  if (left.some(goes)) {
    throw directoryGarbage(`${api.host} said that credentials are removed, and still lists them`);
  }
  const linked = await api.linkedAccounts(id, call);
  const unknown = left.filter((credential) => kindOf(credential) === 'unknown');
  const count = (kind: string): number => going.filter((credential) => kindOf(credential) === kind).length;
  return {
    counts: { second_factors: count('second_factor'), passkeys: count('passkey'), api_keys: 0 },
    survivors: factorSurvivors(profile, await api.realm(call), now(), user, { unknown, linked }),
  };
}
