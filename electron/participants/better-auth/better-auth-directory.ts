/**
 * A participant directory kept by Better Auth, through its admin plugin. It signs in nowhere as the person, and it never
 * says of anything that it is gone that an administrator there cannot take away.
 */
import type { BetterAuthProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryLink } from '../../network/directory-link.ts';
import type { ParticipantDirectory } from '../directory.ts';
import { lookUps } from '../http-people.ts';
import { linkWallet } from '../wallet-record.ts';
import { adminApi } from './admin-api.ts';
import { resetFactors, revokeSessions } from './cut-off.ts';
import { anyUser, searchPeople, userByWallet, walletRecords } from './people.ts';
import { isLive, participantOf, secondFactorsOf, sessionItem, signInOf } from './records.ts';
import { holdSignIn, releaseSignIn } from './sign-in-hold.ts';
import { capabilitiesOf, holdSurvivors } from './survivors.ts';

/** How the desk shows that it is an administrator: the headers of every request. */
function credentialHeaders(
  { credential, url }: BetterAuthProfile,
  origin: string,
  secret: string,
): Readonly<Record<string, string>> {
  switch (credential.kind) {
    case 'session': {
      const prefix = url.startsWith('https:') ? '__Secure-' : '';
      const name = credential.cookie ?? `${prefix}better-auth.session_token`;
      // Better Auth takes a cookie from its own pages alone.
      return { cookie: `${name}=${secret}`, origin };
    }
    case 'bearer':
      return { authorization: `Bearer ${secret}` };
    case 'api_key':
      return { [credential.header.toLowerCase()]: secret };
  }
}

/** What Better Auth keeps in cookies by itself, where the desk is not signed in like a browser and gets none. */
const UNSEEN_CACHE_SECONDS = 300;

/** @param secret of the profile's credential, of printable characters alone. */
export function betterAuthDirectory(
  profile: BetterAuthProfile,
  link: DirectoryLink,
  secret: string,
  now: () => Date = () => new Date(),
): ParticipantDirectory {
  const assumed = profile.credential.kind === 'api_key' ? UNSEEN_CACHE_SECONDS : 0;
  const api = adminApi(link, credentialHeaders(profile, link.origin, secret), assumed);
  const moment = () => ({ now: now(), cacheSeconds: api.cacheSeconds() });
  return {
    kind: profile.kind,
    async capabilities(call) {
      const user = await anyUser(api, profile, call);
      return capabilitiesOf(profile, moment(), user.twoFactorEnabled !== undefined);
    },
    ...lookUps({
      byId: (id, call) => api.findUser(id, call),
      byWallet: (address, call) => userByWallet(api, profile, address, call),
      participantOf: (user) => participantOf(user, profile),
    }),
    search: (wanted, call) => searchPeople(api, profile, wanted, call),
    async access(id, call) {
      const user = await api.user(id, call);
      const sessions = await api.sessions(id, call);
      const absent = (part: (typeof profile.without)[number]) => (profile.without.includes(part) ? [] : null);
      return {
        sessions: sessions.filter((session) => isLive(session, now())).map(sessionItem),
        secondFactors: secondFactorsOf(user),
        passkeys: absent('passkeys'),
        apiKeys: absent('api_keys'),
        walletVerifications: absent('wallet_verifications'),
        signIn: signInOf(user, now()),
      };
    },
    revokeSessions: (id, call) => revokeSessions(api, id, now, call),
    resetFactors: (id, call) => resetFactors(api, profile, id, now, call),
    async holdSignIn(id, call) {
      const { counts, survivors } = await holdSignIn(api, id, now(), call);
      return { counts, survivors: [...survivors, ...holdSurvivors(profile, moment())] };
    },
    releaseSignIn: (id, call) => releaseSignIn(api, id, now(), call),
    linkWallet: (id, link, call) => linkWallet(walletRecords(api, profile), id, link, call),
  };
}
