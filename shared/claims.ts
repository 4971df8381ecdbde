/**
 * Claims after a recovery: what the tokens ask for, what stands on the abandoned and on the replacement identity, what
 * is missing, and whether the person can hold and transfer again. What cannot be read is null, never "fine".
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { recordIdSchema } from './audit.ts';
import { statusReasonSchema } from './outcome.ts';
import { RECOVERY_STATUSES } from './phases.ts';
import { claimSchema } from './preview.ts';
import { RECOVERY_REASONS } from './recovery-reasons.ts';
import { amountSchema, hash32Schema, hexSchema, timeSchema } from './values.ts';

const topic = { topic: amountSchema, topicName: z.string().nullable() };
const blockSchema = z.lazy(() =>
  z.strictObject({ number: z.int().nonnegative(), hash: hash32Schema, time: timeSchema }),
);

const missingClaimSchema = z.lazy(() =>
  z.strictObject({
    ...topic,
    /** Symbols of tokens that ask for it; none where it only stood on the abandoned identity. */
    tokens: z.array(z.string()),
    /** Whether a token was read to ask for it; not where the tokens do not tell, and every topic of the system is listed. */
    certain: z.boolean(),
    /** Whether a valid claim of a trusted issuer stood on the abandoned identity. */
    stoodBefore: z.boolean(),
    /** Issuers that are trusted for it; null where that cannot be read. */
    issuers: z.array(addressSchema).nullable(),
  }),
);
export type MissingClaim = z.output<typeof missingClaimSchema>;

/** What an issue of claims came to. */
export const claimIssueSchema = z.lazy(() =>
  z.strictObject({
    id: recordIdSchema,
    recoveryId: recordIdSchema,
    status: z.enum(RECOVERY_STATUSES),
    reason: statusReasonSchema.exactOptional(),
    operator: addressSchema,
    chainId: z.int().positive(),
    identity: addressSchema,
    createdAt: timeSchema,
    claims: z.array(
      z.strictObject({
        ...topic,
        issuer: addressSchema,
        /** `stood_before`: somebody else had issued it meanwhile; nothing was sent. */
        state: z.enum(['open', 'issued', 'stood_before', 'failed']),
        message: z.string().exactOptional(),
        remedy: z.string().exactOptional(),
      }),
    ),
    transactions: z.array(z.strictObject({ step: z.string(), hash: hash32Schema, status: z.string() })),
    planDigest: hash32Schema,
  }),
);
export type ClaimIssue = z.output<typeof claimIssueSchema>;

/** What was read, where, and of which recovery. */
const readOfRecovery = {
  recoveryId: recordIdSchema,
  chainId: z.int().positive(),
  practice: z.boolean(),
  block: blockSchema,
  replacementWallet: addressSchema,
};

export const claimsReportSchema = z.lazy(() =>
  z.strictObject({
    ...readOfRecovery,
    /** What the registry has for the replacement; what the plan names where it has none. */
    replacementIdentity: addressSchema,
    /** Whether the lost wallet is linked to the replacement, and that is registered with the identity of the plan. */
    linked: z.boolean(),
    /** null where none is known, or it is still the person's. */
    abandonedIdentity: addressSchema.nullable(),
    tokens: z.array(
      z.strictObject({
        token: addressSchema,
        symbol: z.string(),
        /** Topics that it asks for, by name where they have one; null where it does not tell. */
        topics: z.array(z.string()).nullable(),
        /** Whether the replacement identity's claims are what it asks for; null where that cannot be said. */
        satisfied: z.boolean().nullable(),
      }),
    ),
    /** null where the identity does not answer. */
    before: z.array(claimSchema).nullable(),
    now: z.array(claimSchema).nullable(),
    missing: z.array(missingClaimSchema),
    /** Issuers who are to be asked, with how many claims they are asked to issue and to revoke. */
    requests: z.array(
      z.strictObject({ issuer: addressSchema, issue: z.int().nonnegative(), revoke: z.int().nonnegative() }),
    ),
    /** In words: what could not be read, and what that means. */
    unknown: z.array(z.string()),
    /** Issues of claims from this desk, newest first. */
    issues: z.array(claimIssueSchema),
  }),
);
export type ClaimsReport = z.output<typeof claimsReportSchema>;

/** What one issuer is asked for. */
export const claimRequestSchema = z.lazy(() =>
  z.strictObject({
    format: z.literal('recovery-desk/claim-request'),
    version: z.literal(1),
    createdAt: timeSchema,
    recoveryId: recordIdSchema,
    reason: z.enum(RECOVERY_REASONS),
    ticket: z.string(),
    network: z.strictObject({
      name: z.string(),
      chainId: z.int().positive(),
      practice: z.boolean(),
      system: addressSchema,
    }),
    participant: z.strictObject({ id: z.string(), name: z.string().nullable() }),
    issuer: addressSchema,
    lostWallet: addressSchema,
    abandonedIdentity: addressSchema.nullable(),
    replacementWallet: addressSchema,
    replacementIdentity: addressSchema,
    /** Claims to issue on the replacement identity. */
    issue: z.array(
      z.strictObject({
        ...topic,
        /** Data of this issuer's own claim on the abandoned identity; null where it has none that is valid. */
        formerData: hexSchema.nullable(),
        /** How many other issuers are asked for the same: one of all is enough. */
        alsoAsked: z.int().nonnegative(),
        certain: z.boolean(),
      }),
    ),
    /** Claims of this issuer to revoke on the abandoned identity. */
    revoke: z.array(z.strictObject(topic)),
    readAt: blockSchema,
  }),
);
export type ClaimRequest = z.output<typeof claimRequestSchema>;

const yesNoUnknown = z.enum(['yes', 'no', 'unknown']);

const recheckedTokenSchema = z.lazy(() =>
  z.strictObject({
    token: addressSchema,
    symbol: z.string(),
    decimals: z.int().min(0).max(255),
    balance: amountSchema,
    hold: yesNoUnknown,
    /** `not_tried`: there is nothing free to move. */
    transfer: z.enum(['yes', 'no', 'unknown', 'not_tried']),
    reasons: z.array(z.string()),
  }),
);

export const claimsRecheckSchema = z.lazy(() =>
  z.strictObject({
    ...readOfRecovery,
    replacementIdentity: addressSchema.nullable(),
    /** Of the replacement of the lost wallet that the case was opened for. */
    tokens: z.array(recheckedTokenSchema),
    /**
     * The person's other wallets: replacements of further lost wallets, and healthy wallets that were to move to the identity.
     * Left out where there are none.
     */
    further: z
      .array(
        z.strictObject({
          wallet: addressSchema,
          kind: z.enum(['replacement', 'healthy']),
          /** What the registry has for it; null where it is not registered. */
          identity: addressSchema.nullable(),
          tokens: z.array(recheckedTokenSchema),
          /** What stands in the way of the wallet as a whole. */
          reasons: z.array(z.string()),
        }),
      )
      .min(1)
      .exactOptional(),
    /** Whether every wallet stands and every token is held, and transferred where there is something to, as far as can be read. */
    green: z.boolean(),
  }),
);
export type ClaimsRecheck = z.output<typeof claimsRecheckSchema>;
export type RecheckedToken = ClaimsRecheck['tokens'][number];
export type RecheckedWallet = NonNullable<ClaimsRecheck['further']>[number];

/** What came of asking to issue claims: null where nothing of it was to be issued. */
export const claimsIssuedSchema = z.lazy(() =>
  z.strictObject({
    issue: claimIssueSchema.nullable(),
    /** Topics that stand already. */
    standing: z.array(z.string()),
    /** Topics that are missing, and that the key may not issue. */
    left: z.array(z.string()),
  }),
);
export type ClaimsIssued = z.output<typeof claimsIssuedSchema>;
