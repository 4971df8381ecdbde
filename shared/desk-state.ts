/** What the window shows around everything else: networks, who is signed in, what runs. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { errorViewSchema } from './answer.ts';
import { derivationPathSchema, LOCK_CAUSES, operatorIdSchema, operatorNameSchema } from './operator.ts';
import { timeSchema } from './values.ts';

export const appearanceSchema = z.enum(['system', 'light', 'dark']);
export type Appearance = z.output<typeof appearanceSchema>;

export const networkEntrySchema = z.lazy(() =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    /** null where the profile cannot be read now. */
    chainId: z.int().positive().nullable(),
    practice: z.boolean(),
    /** Path of the profile, for the person to find it again; null for the practice network. */
    file: z.string().nullable(),
    chosen: z.boolean(),
    problem: errorViewSchema.nullable(),
  }),
);
export type NetworkEntry = z.output<typeof networkEntrySchema>;

export const networkCheckSchema = z.lazy(() =>
  z.strictObject({
    name: z.string(),
    chainId: z.int().positive(),
    protocol: z.enum(['smart', 'erc3643']),
    block: z.int().nonnegative(),
    finalBlock: z.int().nonnegative().nullable(),
    fees: z.enum(['eip1559', 'legacy']),
    simulation: z.boolean(),
    parts: z.array(z.strictObject({ name: z.string(), address: addressSchema })),
  }),
);
export type NetworkCheck = z.output<typeof networkCheckSchema>;

/** A practice person, and what is to be learnt with them. */
export const drillSchema = z.lazy(() =>
  z.strictObject({
    participantId: z.string(),
    /** A short name of the drill. */
    title: z.string(),
    person: z.string(),
    purpose: z.string(),
    /** What to look for, in a sentence. */
    expect: z.string(),
    /** The new wallet that the person gives, who will prove control of it when asked. */
    holderWallet: addressSchema,
  }),
);
export type Drill = z.output<typeof drillSchema>;

/** An operator as anybody at this desk may know them: who could sign in, and how. */
export const operatorEntrySchema = z.strictObject({
  id: operatorIdSchema,
  name: operatorNameSchema,
  signIn: z.enum(['passphrase', 'oidc']),
  /** Where the key is. */
  key: z.enum(['keystore', 'remote', 'ledger', 'export']),
});
export type OperatorEntry = z.output<typeof operatorEntrySchema>;

/** An operator whose record does not read: they cannot sign in, and must not be missed. */
export const damagedOperatorSchema = z.lazy(() =>
  z.strictObject({ name: z.string(), problem: errorViewSchema }),
);
export type DamagedOperator = z.output<typeof damagedOperatorSchema>;

/** Who is signed in, with the rights that the chain gave them when it was last read. */
export const signedInSchema = operatorEntrySchema.extend({
  address: addressSchema,
  /** Whether signing in asks for a one-time code, too. */
  code: z.boolean(),
  identityManager: z.boolean(),
});
export type SignedInView = z.output<typeof signedInSchema>;

/** How policy lets operators sign in here, and what this machine has for it. */
export const signInWaysSchema = z.lazy(() =>
  z.strictObject({
    passphrase: z.boolean(),
    /** Host of the team's OpenID provider; null where there is none. */
    oidc: z.string().nullable(),
    codeRequired: z.boolean(),
    /** Why keys cannot be kept in the keychain of this machine; null where they can. */
    keychainProblem: errorViewSchema.nullable(),
    /** Whether a key may be kept all the same where they cannot. */
    withoutKeychain: z.boolean(),
  }),
);
export type SignInWays = z.output<typeof signInWaysSchema>;

/**
 * Whether somebody is at the desk. `hidden`: nobody was for a while, what was confirmed goes on; `locked`: the key is
 * gone from memory, what needs it waits.
 */
export const deskLockSchema = z.lazy(() =>
  z.strictObject({
    kind: z.enum(['open', 'hidden', 'locked']),
    cause: z.enum(LOCK_CAUSES).nullable(),
    since: timeSchema.nullable(),
  }),
);
export type DeskLock = z.output<typeof deskLockSchema>;

/** Where a new operator's key comes from, as far as the desk's page may say: files, URLs and secrets are entered elsewhere. */
export const newCredentialSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** `file`: a v3 keystore; `key`: a private key; `phrase`: a recovery phrase (BIP-39); `new`: made by the desk. */
    z.strictObject({ kind: z.literal('keystore'), from: z.enum(['file', 'key', 'phrase', 'new']) }),
    z.strictObject({ kind: z.literal('remote') }),
    z.strictObject({ kind: z.literal('ledger'), path: derivationPathSchema }),
    z.strictObject({ kind: z.literal('export'), address: addressSchema }),
  ]),
);
export type NewCredential = z.output<typeof newCredentialSchema>;

/** Rights on the chosen network, read from the chain when they are asked for. */
export const operatorRightsSchema = z.lazy(() =>
  z.strictObject({
    address: addressSchema,
    identityManager: z.boolean(),
    block: z.int().nonnegative(),
    tokens: z.array(
      z.strictObject({
        address: addressSchema,
        symbol: z.string(),
        name: z.string(),
        custodian: z.boolean(),
      }),
    ),
  }),
);
export type OperatorRights = z.output<typeof operatorRightsSchema>;

export const deskStateSchema = z.lazy(() =>
  z.strictObject({
    version: z.string(),
    runtime: z.enum(['electron', 'chromium']),
    appearance: appearanceSchema,
    networks: z.array(networkEntrySchema),
    /** The chosen network once it is connected. */
    connection: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('none') }),
      z.strictObject({ status: z.literal('connecting'), name: z.string() }),
      z.strictObject({
        status: z.literal('connected'),
        name: z.string(),
        chainId: z.int().positive(),
        practice: z.boolean(),
      }),
      z.strictObject({ status: z.literal('failed'), name: z.string(), error: errorViewSchema }),
    ]),
    /** Where the people come from; null where only the chain is known. */
    participantsFile: z.string().nullable(),
    /** What keeps the people: `file`, `local`, or a platform; null where only the chain is known. */
    directory: z.string().nullable(),
    operator: signedInSchema.nullable(),
    /** Those who can sign in here, by name. */
    operators: z.array(operatorEntrySchema),
    damagedOperators: z.array(damagedOperatorSchema),
    signInWays: signInWaysSchema,
    lock: deskLockSchema,
    /**
     * The recovery that everything else waits for: past its point of no return, or being executed. From the confirmation
     * until it has an id, a word that says so.
     */
    lockedOn: z.string().nullable(),
    drills: z.array(drillSchema),
  }),
);
export type DeskState = z.output<typeof deskStateSchema>;

/** Told while logs are read: how far, and how far it goes. */
export const readingProgressSchema = z.lazy(() =>
  z.strictObject({
    what: z.string(),
    reached: z.int().nonnegative(),
    last: z.int().nonnegative(),
  }),
);
export type ReadingProgress = z.output<typeof readingProgressSchema>;
