/** What Keycloak lets stand, as its published API and documentation tell, in words for a person. */
import type { Capabilities, Capability, Survivor } from '../../../shared/directory.ts';
import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import { isoTime } from '../../../shared/values.ts';
import { FOR_ONE_WALLET } from '../wallet-record.ts';
import { lineOf } from '../wallet-texts.ts';
import type { Credential, LinkedAccount, Realm, User } from './records.ts';

const PASSWORD =
  'The password: it lets in by itself from the release on, until a new second factor is set up.';
const WALLET_VERIFICATIONS =
  'PIN, one-time codes and secret codes of a wallet are no part of Keycloak: what the platform added is not touched.';

/** Null where the realm does not say how long. */
function after(now: Date, seconds: number | null | undefined): string | null {
  return typeof seconds === 'number' ? isoTime(new Date(now.getTime() + seconds * 1000)) : null;
}

/** After sessions were ended, and while the sign-in is held. */
export function tokenSurvivors(realm: Realm, now: Date): Survivor[] {
  const what =
    'Access tokens that were issued before are believed until they run out, by every service that checks them by itself.';
  return [{ what, until: after(now, realm.accessTokenLifespan) }];
}

export function factorSurvivors(
  { password }: KeycloakProfile,
  realm: Realm,
  now: Date,
  user: User,
  left: { readonly unknown: readonly Credential[]; readonly linked: readonly LinkedAccount[] },
): Survivor[] {
  const names = (all: readonly string[]): string => [...new Set(all.map(lineOf))].join(', ').slice(0, 200);
  return [
    {
      what: 'A link for a new password that was mailed before can still be used.',
      until: after(now, realm.actionTokenGeneratedByUserLifespan),
    },
    ...(password === 'keep' ? [{ what: PASSWORD, until: null }] : []),
    ...(typeof user.federationLink === 'string'
      ? [
          {
            what: 'The person is kept in another directory behind Keycloak; the password there stays.',
            until: null,
          },
        ]
      : []),
    ...(left.linked.length > 0
      ? [
          {
            what: `Linked accounts at other providers let in again from the release on: ${names(left.linked.map((one) => one.identityProvider))}.`,
            until: null,
          },
        ]
      : []),
    ...(left.unknown.length > 0
      ? [
          {
            what: `Credentials of a kind that the desk does not know were left: ${names(left.unknown.map((one) => one.type))}.`,
            until: null,
          },
        ]
      : []),
    { what: WALLET_VERIFICATIONS, until: null },
  ];
}

const CAN: Capability = { can: 'can' };

export function capabilitiesOf(profile: KeycloakProfile, realm: Realm, now: Date): Capabilities {
  const tokens = tokenSurvivors(realm, now).map(({ what, until }): Capability => ({
    can: 'partly',
    survives: what,
    until,
  }))[0];
  const keep: Capability = { can: 'partly', survives: PASSWORD, until: null };
  return {
    sessions: tokens ?? CAN,
    second_factors: profile.password === 'keep' ? keep : CAN,
    passkeys: CAN,
    api_keys: CAN,
    wallet_verifications: { can: 'cannot', why: WALLET_VERIFICATIONS },
    sign_in_hold: tokens ?? CAN,
    wallet_link: profile.lostWalletsAttribute === null ? FOR_ONE_WALLET : CAN,
  };
}
