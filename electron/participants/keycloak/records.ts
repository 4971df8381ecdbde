/** Users, sessions and credentials as Keycloak's admin REST API represents them. What is not named here is not kept. */
import { z } from 'zod';
import type { Access, AccessItem } from '../../../shared/directory.ts';
import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import type { Participant } from '../../../shared/participant.ts';
import { isoTime } from '../../../shared/values.ts';
import type { RecordedWallets } from '../wallet-record.ts';
import { lineOf, readableWallets, readWallet, walletsOf } from '../wallet-texts.ts';

/** Milliseconds since 1970; what is none is not known. */
const momentSchema = z
  .int()
  .min(1)
  .max(8_640_000_000_000_000)
  .nullish()
  .catch(null)
  .transform((milliseconds) => (typeof milliseconds === 'number' ? isoTime(new Date(milliseconds)) : null));

/** Loose: to change attributes is to send the whole representation back. */
export const userSchema = z.lazy(() =>
  z.looseObject({
    id: z.string().min(1).max(200),
    username: z.string(),
    firstName: z.string().nullish(),
    lastName: z.string().nullish(),
    email: z.string().nullish(),
    enabled: z.boolean(),
    attributes: z.record(z.string(), z.array(z.string())).nullish(),
    requiredActions: z.array(z.string()).nullish(),
    federationLink: z.string().nullish(),
  }),
);
export type User = z.output<typeof userSchema>;

export const sessionSchema = z.lazy(() =>
  z.object({
    id: z.string().min(1).max(200),
    userId: z.string(),
    ipAddress: z.string().nullish(),
    start: momentSchema,
    lastAccess: momentSchema,
  }),
);
export type Session = z.output<typeof sessionSchema>;

export const credentialSchema = z.lazy(() =>
  z.object({
    id: z.string().min(1).max(200),
    type: z.string().min(1).max(80),
    userLabel: z.string().nullish(),
    createdDate: momentSchema,
  }),
);
export type Credential = z.output<typeof credentialSchema>;

export const linkedAccountSchema = z.lazy(() => z.object({ identityProvider: z.string().min(1) }));
export type LinkedAccount = z.output<typeof linkedAccountSchema>;

/** Those seconds of a realm that a service account may see. */
export const realmSchema = z.lazy(() =>
  z.object({
    accessTokenLifespan: z.int().nonnegative().nullish(),
    actionTokenGeneratedByUserLifespan: z.int().nonnegative().nullish(),
  }),
);
export type Realm = z.output<typeof realmSchema>;

/** What a credential is for, by the names that Keycloak gives the types it comes with. */
const KINDS: Readonly<Record<string, 'password' | 'second_factor' | 'passkey'>> = {
  password: 'password',
  otp: 'second_factor',
  'recovery-authn-codes': 'second_factor',
  webauthn: 'passkey',
  'webauthn-passwordless': 'passkey',
};

/** `unknown` for a type that an extension brought. */
export function kindOf(credential: Credential): 'password' | 'second_factor' | 'passkey' | 'unknown' {
  return Object.hasOwn(KINDS, credential.type) ? (KINDS[credential.type] ?? 'unknown') : 'unknown';
}

const LABELS: Readonly<Record<string, string>> = {
  otp: 'Authenticator app',
  'recovery-authn-codes': 'Recovery codes',
};

function credentialItem(credential: Credential): AccessItem {
  const label = lineOf(credential.userLabel) ?? LABELS[credential.type] ?? credential.type;
  return { id: credential.id, label, createdAt: credential.createdDate, lastUsedAt: null };
}

function sessionItem(session: Session): AccessItem {
  return {
    id: session.id,
    label: lineOf(session.ipAddress) ?? 'Unknown device',
    createdAt: session.start,
    lastUsedAt: session.lastAccess,
  };
}

/** Keycloak gives people no API keys; offline tokens are sessions. */
export function accessOf(
  user: User,
  sessions: readonly Session[],
  credentials: readonly Credential[],
): Access {
  const ofKind = (kind: string): AccessItem[] =>
    credentials.filter((credential) => kindOf(credential) === kind).map(credentialItem);
  return {
    sessions: sessions.map(sessionItem),
    secondFactors: ofKind('second_factor'),
    passkeys: ofKind('passkey'),
    apiKeys: [],
    walletVerifications: null,
    signIn: user.enabled ? 'open' : 'held',
  };
}

/** What is no address among the lost ones is passed over. @throws DeskError DIRECTORY_GARBAGE */
export function recordedWallets(user: User, profile: KeycloakProfile): RecordedWallets {
  const { walletAttribute, lostWalletsAttribute } = profile;
  return {
    effective: readWallet(user.attributes?.[walletAttribute]?.[0], walletAttribute),
    lost: readableWallets(
      lostWalletsAttribute === null ? [] : (user.attributes?.[lostWalletsAttribute] ?? []),
    ),
  };
}

/** @throws DeskError DIRECTORY_GARBAGE */
export function participantOf(user: User, profile: KeycloakProfile): Participant {
  return {
    id: user.id,
    name: lineOf([user.firstName, user.lastName].join(' ')) ?? lineOf(user.username),
    source: 'directory',
    wallets: walletsOf(recordedWallets(user, profile)),
  };
}
