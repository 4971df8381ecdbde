/** Which participant directory is reached over HTTP, and how. Never a secret in it: those lie in the keychain. */
import { z } from 'zod';
import { endpointUrlSchema } from './endpoint-url.ts';

const nameSchema = z.string().min(1).max(80);

/** What of a record is never a place for wallets. */
const OWN_FIELDS = new Set([
  'id',
  'name',
  'email',
  'emailVerified',
  'image',
  'createdAt',
  'updatedAt',
  'role',
  'banned',
  'banReason',
  'banExpires',
  'twoFactorEnabled',
  'password',
  'username',
]);

const fieldSchema = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,63}$/u, 'is no name of a field')
  .refine((field) => !OWN_FIELDS.has(field), 'is a field with a meaning of its own');

const common = {
  name: nameSchema,
  /** Pinned in place of the authorities of the system: a file in PEM form, relative to the profile. */
  caFile: z.string().min(1).optional(),
  /**
   * What becomes of the password when second factors are reset. `replace`: nobody knows it any more, and the person
   * comes back by the directory's own "forgot password". `keep`: it lets in by itself from the release on.
   */
  password: z.enum(['replace', 'keep']).default('replace'),
};

/** How the desk shows that it is an administrator. */
const betterAuthCredentialSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** The session cookie of an administrator, value and signature. `cookie` is its name. */
    z.strictObject({
      kind: z.literal('session'),
      cookie: z
        .string()
        .regex(/^[\w.-]{1,100}$/u, 'is no name of a cookie')
        .optional(),
    }),
    /** The session token of an administrator, where the platform has the bearer plugin. */
    z.strictObject({ kind: z.literal('bearer') }),
    /** A key, where the platform lets one act as an administrator: Better Auth by itself does not. */
    z.strictObject({
      kind: z.literal('api_key'),
      header: z
        .string()
        .regex(/^[\w-]{1,100}$/u, 'is no name of a header')
        .default('x-api-key'),
    }),
  ]),
);

export const betterAuthProfileSchema = z.lazy(() =>
  z.strictObject({
    kind: z.literal('better-auth'),
    ...common,
    /** Of its routes: `https://auth.example.org/api/auth`. */
    url: endpointUrlSchema,
    credential: betterAuthCredentialSchema,
    /** The additional field of a user that holds the effective wallet. */
    walletField: fieldSchema.default('wallet'),
    /** The additional field that holds lost wallets, separated by commas; null where there is none. */
    lostWalletsField: fieldSchema.nullable().default(null),
    /** What the platform does not have at all. */
    without: z.array(z.enum(['passkeys', 'api_keys', 'wallet_verifications'])).default([]),
    /** Seconds, as the platform has them set; the defaults are Better Auth's. */
    pendingSignInSeconds: z.int().min(0).max(86_400).default(600),
    passwordLinkSeconds: z.int().min(0).max(31_536_000).default(3_600),
  }),
);
export type BetterAuthProfile = z.output<typeof betterAuthProfileSchema>;

export const keycloakProfileSchema = z.lazy(() =>
  z.strictObject({
    kind: z.literal('keycloak'),
    ...common,
    /** Of the server, without realm: `https://id.example.org`. */
    url: endpointUrlSchema,
    realm: z.string().regex(/^[\w.-]{1,100}$/u, 'is no name of a realm'),
    /** A confidential client whose service account may view and manage the realm's users. */
    clientId: z.string().min(1).max(255),
    /** Attributes of a user: the effective wallet, those that were lost, and that the desk holds the sign-in. */
    walletAttribute: fieldSchema.default('wallet'),
    lostWalletsAttribute: fieldSchema.nullable().default(null),
    holdAttribute: fieldSchema.default('recoveryDeskHold'),
  }),
);
export type KeycloakProfile = z.output<typeof keycloakProfileSchema>;

export const directoryProfileSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [betterAuthProfileSchema, keycloakProfileSchema]),
);
export type DirectoryProfile = z.output<typeof directoryProfileSchema>;
