/**
 * Operators: who works at this desk, how they sign in, and where their key is. What is secret of them (keys, TOTP
 * secrets, recovery codes) is never part of these types.
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { endpointUrlSchema } from './endpoint-url.ts';
import { timeSchema } from './values.ts';

export const operatorIdSchema = z.string().regex(/^O-[0-9a-f]{10}$/, 'is no id of an operator');

/** What an operator is called on this desk: one line of visible text, told apart without regard to case. */
export const operatorNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,'@_-]*$/u, 'has characters that a name cannot have');

/** How an operator shows who they are. */
export const signInKindSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** A passphrase, and a one-time code (RFC 6238) where one was set up. */
    z.strictObject({ kind: z.literal('passphrase'), totp: z.boolean() }),
    /** OpenID Connect: `subject` is the value of the claim that policy names. */
    z.strictObject({ kind: z.literal('oidc'), issuer: z.url(), subject: z.string().min(1).max(255) }),
  ]),
);
export type SignInKind = z.output<typeof signInKindSchema>;

/** BIP-32 path of an account key, such as m/44'/60'/0'/0/0. */
export const derivationPathSchema = z
  .string()
  .regex(/^m(\/\d{1,10}'?){1,10}$/, "is no derivation path such as m/44'/60'/0'/0/0");

/** From the root of the file system, or of a drive or share of Windows: it means the same from everywhere. */
const absoluteFileSchema = z.string().regex(/^(?:\/|\\\\|[A-Za-z]:[\\/])/u, 'is no absolute name of a file');

/** Where the operator's key is. */
export const credentialSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /**
     * A v3 keystore on this desk. `keychain`: it opens only with an entry of the operating system's keychain and the
     * passphrase; `passphrase`: with the passphrase alone, where policy allows that.
     */
    z.strictObject({
      kind: z.literal('keystore'),
      address: addressSchema,
      wrapping: z.enum(['keychain', 'passphrase']),
    }),
    /** A remote signer that speaks `eth_signTransaction` over HTTPS JSON-RPC. File names are absolute. */
    z
      .strictObject({
        kind: z.literal('remote'),
        address: addressSchema,
        url: endpointUrlSchema,
        certFile: absoluteFileSchema.nullable(),
        keyFile: absoluteFileSchema.nullable(),
        caFile: absoluteFileSchema.nullable(),
      })
      .refine(({ certFile, keyFile }) => (certFile === null) === (keyFile === null), {
        path: ['keyFile'],
        message: 'and "certFile" are named together, or neither',
      }),
    z.strictObject({ kind: z.literal('ledger'), address: addressSchema, path: derivationPathSchema }),
    /** A Safe or a custody platform: the desk hands calls out, and watches the chain. */
    z.strictObject({ kind: z.literal('export'), address: addressSchema }),
  ]),
);
export type Credential = z.output<typeof credentialSchema>;

export const operatorSchema = z.lazy(() =>
  z.strictObject({
    id: operatorIdSchema,
    name: operatorNameSchema,
    signIn: signInKindSchema,
    credential: credentialSchema,
    createdAt: timeSchema,
    removedAt: timeSchema.nullable(),
  }),
);
export type Operator = z.output<typeof operatorSchema>;

/**
 * Why a desk was locked. `idle` hides the window, and takes the key away where no confirmed plan is being executed; the
 * others take it away in any case.
 */
export const LOCK_CAUSES = [
  'idle',
  'manual',
  'screen_lock',
  'suspend',
  'signer_time',
  'session_ended',
] as const;
export type LockCause = (typeof LOCK_CAUSES)[number];
