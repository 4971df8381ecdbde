/** Takes away what a person gets in with, as far as an administrator of Better Auth can. */
import { randomBytes } from 'node:crypto';
import type { DirectoryEffect } from '../../../shared/directory.ts';
import type { BetterAuthProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryCall } from '../directory.ts';
import { directoryGarbage } from '../directory-errors.ts';
import { endSessions } from '../ended-sessions.ts';
import type { AdminApi } from './admin-api.ts';
import { isLive } from './records.ts';
import { factorSurvivors, sessionSurvivors } from './survivors.ts';

/** Ends all sessions, and looks whether they are gone: one that was begun meanwhile is told. */
export async function revokeSessions(
  api: AdminApi,
  id: string,
  now: () => Date,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  await api.user(id, call);
  const { ended, begun } = await endSessions({
    host: api.host,
    list: async () => (await api.sessions(id, call)).filter((session) => isLive(session, now())),
    end: () => api.revokeSessions(id, call),
    keyOf: ({ createdAt, expiresAt }) => `${createdAt} ${expiresAt}`,
  });
  return {
    counts: { sessions: ended.length },
    survivors: [
      ...sessionSurvivors({ now: now(), cacheSeconds: api.cacheSeconds() }),
      ...begun.map(({ expiresAt }) => ({
        what: 'A session that was begun while the others were ended.',
        until: expiresAt,
      })),
    ],
  };
}

/** 192 random bits; nobody is to know it, and nothing keeps it. */
function unknownPassword(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * Replaces the password (unless the profile keeps it), and only then turns the second factor off: the account never
 * stands open to the password alone. A second call replaces the password once more.
 */
export async function resetFactors(
  api: AdminApi,
  profile: BetterAuthProfile,
  id: string,
  now: () => Date,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  const user = await api.user(id, call);
  if (profile.password === 'replace') await api.setPassword(id, unknownPassword(), call);
  const known = user.twoFactorEnabled !== undefined;
  const enabled = user.twoFactorEnabled === true;
  if (enabled) {
    const after = await api.update(id, { twoFactorEnabled: false }, call);
    if (after.twoFactorEnabled !== false) {
      throw directoryGarbage(`${api.host} did not turn the second factor off`);
    }
  }
  const moment = { now: now(), cacheSeconds: api.cacheSeconds() };
  return {
    counts: known ? { second_factors: enabled ? 1 : 0 } : {},
    // Whether one lies stored from before cannot be seen: a second call finds it turned off.
    survivors: factorSurvivors(profile, moment, known),
  };
}
