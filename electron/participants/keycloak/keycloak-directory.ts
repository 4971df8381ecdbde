/**
 * A participant directory kept by a realm of Keycloak, through its admin REST API. Written and tested against the
 * published API, not against a running Keycloak (resources/docs/participant-directories.md).
 */
import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryLink } from '../../network/directory-link.ts';
import type { ParticipantDirectory } from '../directory.ts';
import { lookUps } from '../http-people.ts';
import { linkWallet } from '../wallet-record.ts';
import { adminApi } from './admin-api.ts';
import { resetFactors, revokeSessions } from './cut-off.ts';
import { searchPeople, userByWallet, walletRecords } from './people.ts';
import { accessOf, participantOf } from './records.ts';
import { holdSignIn, releaseSignIn } from './sign-in-hold.ts';
import { capabilitiesOf, tokenSurvivors } from './survivors.ts';

/** @param secret of the profile's client. */
export function keycloakDirectory(
  profile: KeycloakProfile,
  link: DirectoryLink,
  secret: string,
  now: () => Date = () => new Date(),
): ParticipantDirectory {
  const api = adminApi(profile, link, secret, now);
  return {
    kind: profile.kind,
    capabilities: async (call) => capabilitiesOf(profile, await api.realm(call), now()),
    ...lookUps({
      byId: (id, call) => api.findUser(id, call),
      byWallet: (address, call) => userByWallet(api, profile, address, call),
      participantOf: (user) => participantOf(user, profile),
    }),
    search: (wanted, call) => searchPeople(api, profile, wanted, call),
    async access(id, call) {
      const user = await api.user(id, call);
      return accessOf(user, await api.sessions(id, call), await api.credentials(id, call));
    },
    revokeSessions: (id, call) => revokeSessions(api, id, now, call),
    resetFactors: (id, call) => resetFactors(api, profile, id, now, call),
    async holdSignIn(id, call) {
      const { counts, survivors } = await holdSignIn(api, profile, id, now(), call);
      return { counts, survivors: [...survivors, ...tokenSurvivors(await api.realm(call), now())] };
    },
    releaseSignIn: (id, call) => releaseSignIn(api, profile, id, call),
    linkWallet: (id, wallets, call) => linkWallet(walletRecords(api, profile), id, wallets, call),
  };
}
