/** Holds a person's sign-in by a ban that carries the desk's mark, and lifts no ban that does not. */
import type { DirectoryEffect } from '../../../shared/directory.ts';
import type { DirectoryCall } from '../directory.ts';
import { directoryGarbage } from '../directory-errors.ts';
import type { AdminApi } from './admin-api.ts';
import { isBanned, isLive } from './records.ts';
import type { User } from './records.ts';

/** The platform may show the reason to the person. */
const MARK = 'Recovery Desk holds the sign-in until the recovery is handed over';
/** A ban of the platform's own that would have ended by itself goes on afterwards as it was. */
const BEFORE = /; before it, until (?<until>\S+): (?<reason>.*)$/su;

interface FormerBan {
  readonly until: string;
  readonly reason: string;
}

function isOurs(user: User): boolean {
  return user.banReason?.startsWith(MARK) === true;
}

function markOver(user: User, now: Date): string {
  if (!isBanned(user, now) || user.banExpires === null) return MARK;
  return `${MARK}; before it, until ${user.banExpires}: ${user.banReason ?? ''}`;
}

function formerBan(user: User, now: Date): FormerBan | null {
  const { until, reason } = BEFORE.exec(user.banReason ?? '')?.groups ?? {};
  if (until === undefined || reason === undefined) return null;
  return new Date(until) > now ? { until, reason } : null;
}

/**
 * Better Auth ends sessions with a ban: those are counted, too.
 * @throws DeskError DIRECTORY_GARBAGE where the ban does not stand afterwards, or would end by itself.
 */
export async function holdSignIn(
  api: AdminApi,
  id: string,
  now: Date,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  const user = await api.user(id, call);
  const held = isBanned(user, now) && user.banExpires === null;
  if (held) return { counts: { sign_in_hold: 0 }, survivors: [] };
  const liveSessions = async (): Promise<number> =>
    (await api.sessions(id, call)).filter((session) => isLive(session, now)).length;
  const sessions = await liveSessions();
  // `ban-user` would let the platform's default expiry end the hold.
  const ban = {
    banned: true,
    banReason: isOurs(user) ? user.banReason : markOver(user, now),
    banExpires: null,
  };
  const after = await api.update(id, ban, call);
  if (!isBanned(after, now) || after.banExpires !== null) {
    throw directoryGarbage(`${api.host} did not keep a ban that was set without an end`);
  }
  const ended = Math.max(0, sessions - (await liveSessions()));
  return { counts: { sign_in_hold: 1, sessions: ended }, survivors: [] };
}

export async function releaseSignIn(
  api: AdminApi,
  id: string,
  now: Date,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  const user = await api.user(id, call);
  if (!isBanned(user, now)) return { counts: { sign_in_hold: 0 }, survivors: [] };
  if (!isOurs(user)) {
    return { counts: { sign_in_hold: 0 }, survivors: [standing(user.banExpires)] };
  }
  const former = formerBan(user, now);
  const after =
    former === null
      ? await api.unban(id, call)
      : await api.update(id, { banned: true, banReason: former.reason, banExpires: former.until }, call);
  if (isBanned(after, now) !== (former !== null)) {
    throw directoryGarbage(`${api.host} did not change a ban as it was asked to`);
  }
  return {
    counts: { sign_in_hold: 1 },
    survivors: former === null ? [] : [standing(former.until)],
  };
}

function standing(until: string | null): DirectoryEffect['survivors'][number] {
  return { what: 'A ban that the platform itself set keeps the person out; the desk leaves it.', until };
}
