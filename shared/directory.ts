/**
 * What a participant directory can do about a person's access, what the person has, and what was done about it.
 * SECURITY: never a secret, token or code, neither in an id nor in a label.
 */
import { z } from 'zod';
import { participantSchema } from './participant.ts';
import { timeSchema } from './values.ts';

export const DIRECTORY_CAPABILITIES = [
  'sessions',
  'second_factors',
  'passkeys',
  'api_keys',
  'wallet_verifications',
  'sign_in_hold',
  'wallet_link',
] as const;
export type DirectoryCapability = (typeof DIRECTORY_CAPABILITIES)[number];

/** Words for a person. */
const wordsSchema = z.string().min(1).max(500);

/** Whether a directory can take something away (or hold, or link it); what it cannot is a follow-up. */
export const capabilitySchema = z.lazy(() =>
  z.discriminatedUnion('can', [
    z.strictObject({ can: z.literal('can') }),
    /** @param survives what still works afterwards; `until` null: without an end. */
    z.strictObject({ can: z.literal('partly'), survives: wordsSchema, until: timeSchema.nullable() }),
    z.strictObject({ can: z.literal('cannot'), why: wordsSchema }),
  ]),
);
export type Capability = z.output<typeof capabilitySchema>;

export const capabilitiesSchema = z.lazy(() =>
  z.strictObject({
    sessions: capabilitySchema,
    second_factors: capabilitySchema,
    passkeys: capabilitySchema,
    api_keys: capabilitySchema,
    wallet_verifications: capabilitySchema,
    sign_in_hold: capabilitySchema,
    wallet_link: capabilitySchema,
  } satisfies Record<DirectoryCapability, typeof capabilitySchema>),
);
export type Capabilities = z.output<typeof capabilitiesSchema>;

/** One session, factor or key that a person has. The id is the directory's own name for it, and no credential. */
export const accessItemSchema = z.strictObject({
  id: z.string().min(1).max(200),
  label: z.string().min(1).max(200),
  createdAt: timeSchema.nullable(),
  lastUsedAt: timeSchema.nullable(),
});
export type AccessItem = z.output<typeof accessItemSchema>;

export const WALLET_VERIFICATIONS = ['pin', 'otp', 'secret_codes'] as const;

/** At the most so many of a kind are told; a directory with more of them tells the newest. */
const MAX_ITEMS = 1000;

function itemsSchema<T extends z.ZodType>(item: T): z.ZodNullable<z.ZodArray<T>> {
  return z.array(item).max(MAX_ITEMS).nullable();
}

/** What a person gets in with. null: not known, which is not the same as none. */
export const accessSchema = z.strictObject({
  sessions: itemsSchema(accessItemSchema),
  secondFactors: itemsSchema(accessItemSchema),
  passkeys: itemsSchema(accessItemSchema),
  apiKeys: itemsSchema(accessItemSchema),
  /** What a wallet of the platform asks for before it signs. */
  walletVerifications: itemsSchema(accessItemSchema.extend({ kind: z.enum(WALLET_VERIFICATIONS) })),
  signIn: z.enum(['open', 'held', 'unknown']),
});
export type Access = z.output<typeof accessSchema>;

/** Where `access` lists what each capability takes away. */
export const ACCESS_KINDS = {
  sessions: 'sessions',
  second_factors: 'secondFactors',
  passkeys: 'passkeys',
  api_keys: 'apiKeys',
  wallet_verifications: 'walletVerifications',
} as const satisfies Partial<Record<DirectoryCapability, keyof Access>>;
export type AccessKind = keyof typeof ACCESS_KINDS;

const countSchema = z.int().nonnegative();

/** How much of each there is; null: not known. */
export const accessCountsSchema = z.lazy(() =>
  z.strictObject({
    sessions: countSchema.nullable(),
    second_factors: countSchema.nullable(),
    passkeys: countSchema.nullable(),
    api_keys: countSchema.nullable(),
    wallet_verifications: countSchema.nullable(),
    signIn: accessSchema.shape.signIn,
  }),
);
export type AccessCounts = z.output<typeof accessCountsSchema>;

/** What a directory says of one person, as far as it answers. */
export const directoryFactsSchema = z.lazy(() =>
  z.discriminatedUnion('answers', [
    z.strictObject({
      kind: z.string(),
      answers: z.literal(true),
      /** null: the directory does not know the person. */
      participantId: z.string().nullable(),
      capabilities: capabilitiesSchema,
      access: accessCountsSchema.nullable(),
    }),
    z.strictObject({
      kind: z.string(),
      answers: z.literal(false),
      message: z.string(),
      /** null: who it is, the directory could not say. */
      participantId: z.string().nullable(),
    }),
  ]),
);
export type DirectoryFacts = z.output<typeof directoryFactsSchema>;

/** What still works after something was taken away, and until when; null: without an end. */
export const survivorSchema = z.lazy(() =>
  z.strictObject({ what: wordsSchema, until: timeSchema.nullable() }),
);
export type Survivor = z.output<typeof survivorSchema>;

/** What was so before counts 0; a capability that the call is not about is left out. */
export const effectCountsSchema = z.lazy(() =>
  z.strictObject({
    sessions: countSchema.exactOptional(),
    second_factors: countSchema.exactOptional(),
    passkeys: countSchema.exactOptional(),
    api_keys: countSchema.exactOptional(),
    wallet_verifications: countSchema.exactOptional(),
    sign_in_hold: countSchema.exactOptional(),
    wallet_link: countSchema.exactOptional(),
  } satisfies Record<DirectoryCapability, unknown>),
);
export type EffectCounts = z.output<typeof effectCountsSchema>;

/** What one call did. */
export const directoryEffectSchema = z.lazy(() =>
  z.strictObject({
    counts: effectCountsSchema,
    survivors: z.array(survivorSchema).max(MAX_ITEMS),
  }),
);
export type DirectoryEffect = z.output<typeof directoryEffectSchema>;

/** A page of people that were searched for; `after` continues it, null where nothing follows. */
export const directoryPageSchema = z.lazy(() =>
  z.strictObject({
    participants: z.array(participantSchema).max(MAX_ITEMS),
    after: z.string().min(1).max(500).nullable(),
  }),
);
export type DirectoryPage = z.output<typeof directoryPageSchema>;
