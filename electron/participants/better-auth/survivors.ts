/**
 * What Better Auth lets stand, whatever its administrator does, in words for a person. Each of these was seen to work on
 * a real server (resources/docs/participant-directories.md).
 */
import type { Capabilities, Capability, Survivor } from '../../../shared/directory.ts';
import type { BetterAuthProfile } from '../../../shared/directory-profile.ts';
import { isoTime } from '../../../shared/values.ts';
import { FOR_ONE_WALLET } from '../wallet-record.ts';

type Settings = Pick<
  BetterAuthProfile,
  'without' | 'password' | 'lostWalletsField' | 'pendingSignInSeconds' | 'passwordLinkSeconds'
>;

export interface Moment {
  readonly now: Date;
  /** Seconds that a browser is believed from its cookie. */
  readonly cacheSeconds: number;
}

const PASSKEYS =
  'Passkeys: an administrator cannot remove them. They are refused while the sign-in is held, and let in again from the release on.';
const API_KEYS =
  'API keys: an administrator cannot remove them. Where the platform lets a key act for its owner it works on, also while the sign-in is held, and can make further keys and passkeys.';
const WALLET_VERIFICATIONS =
  'PIN, one-time codes and secret codes of a wallet are no part of Better Auth: what the platform added is not touched.';
const STORED_FACTOR =
  'The old authenticator secret and backup codes stay stored. They count again if the second factor is switched on before the person has turned it off once more and set it up anew.';
const TRUSTED_DEVICES =
  'Devices that were trusted are not asked for a second factor, once there is one again: Better Auth trusts them for 30 days after their last use unless set otherwise. The password is needed there.';
const PASSWORD =
  'The password: it lets in by itself from the release on, until a new second factor is set up.';
const LINKED_ACCOUNTS =
  'Accounts at other providers that are linked to the person, if any: they let in again from the release on.';

function after(now: Date, seconds: number): string {
  return isoTime(new Date(now.getTime() + seconds * 1000));
}

function cachedSessions({ now, cacheSeconds }: Moment): Survivor[] {
  if (cacheSeconds === 0) return [];
  const what = `Browsers that were signed in are believed for up to ${cacheSeconds} seconds more, from what is kept in their cookie. Until then they can add a passkey, too, if the platform has passkeys.`;
  return [{ what, until: after(now, cacheSeconds) }];
}

/** After sessions were ended. */
export function sessionSurvivors(moment: Moment): Survivor[] {
  return cachedSessions(moment);
}

/** While the sign-in is held. */
export function holdSurvivors({ without }: Settings, moment: Moment): Survivor[] {
  return [
    ...cachedSessions(moment),
    ...(without.includes('api_keys') ? [] : [{ what: API_KEYS, until: null }]),
  ];
}

/** After factors were reset. @param hadFactor whether a second factor may lie stored. */
export function factorSurvivors(settings: Settings, { now }: Moment, hadFactor: boolean): Survivor[] {
  const { without, password, pendingSignInSeconds, passwordLinkSeconds } = settings;
  const absent = new Set<string>(without);
  return [
    ...(hadFactor
      ? [
          { what: STORED_FACTOR, until: null },
          { what: TRUSTED_DEVICES, until: null },
        ]
      : []),
    ...(hadFactor && pendingSignInSeconds > 0
      ? [
          {
            what: 'A sign-in that stood at the question for the second factor can be finished with the old one, once the sign-in is released.',
            until: after(now, pendingSignInSeconds),
          },
        ]
      : []),
    ...(passwordLinkSeconds > 0
      ? [
          {
            what: 'A link for a new password that was mailed before can still be used.',
            until: after(now, passwordLinkSeconds),
          },
        ]
      : []),
    ...(password === 'keep' ? [{ what: PASSWORD, until: null }] : []),
    { what: LINKED_ACCOUNTS, until: null },
    ...(absent.has('passkeys') ? [] : [{ what: PASSKEYS, until: null }]),
    ...(absent.has('api_keys') ? [] : [{ what: API_KEYS, until: null }]),
    ...(absent.has('wallet_verifications') ? [] : [{ what: WALLET_VERIFICATIONS, until: null }]),
  ];
}

const CAN: Capability = { can: 'can' };

function unlessAbsent(absent: boolean, why: string): Capability {
  return absent ? CAN : { can: 'cannot', why };
}

function endOf({ until }: Survivor): number {
  return until === null ? Infinity : Date.parse(until);
}

/** It ends with the last of them, or never. */
function partly(survivors: readonly Survivor[]): Capability {
  if (survivors.length === 0) return CAN;
  const last = survivors.reduce((one, other) => (endOf(other) > endOf(one) ? other : one));
  const { until } = last;
  return { can: 'partly', survives: survivors.map(({ what }) => what).join(' '), until };
}

/** @param knowsFactors whether the platform has second factors, as far as its records show. */
export function capabilitiesOf(settings: Settings, moment: Moment, knowsFactors: boolean): Capabilities {
  const { without, password, lostWalletsField } = settings;
  const kept = password === 'keep' ? [{ what: PASSWORD, until: null }] : [];
  return {
    sessions: partly(sessionSurvivors(moment)),
    second_factors: knowsFactors
      ? partly([{ what: STORED_FACTOR, until: null }, { what: TRUSTED_DEVICES, until: null }, ...kept])
      : { can: 'cannot', why: 'The records of the platform show no second factor.' },
    passkeys: unlessAbsent(without.includes('passkeys'), PASSKEYS),
    api_keys: unlessAbsent(without.includes('api_keys'), API_KEYS),
    wallet_verifications: unlessAbsent(without.includes('wallet_verifications'), WALLET_VERIFICATIONS),
    sign_in_hold: partly(holdSurvivors(settings, moment)),
    wallet_link: lostWalletsField === null ? FOR_ONE_WALLET : CAN,
  };
}
