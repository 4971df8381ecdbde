/** People as the window shows them. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { directoryFactsSchema } from './directory.ts';
import { PARTICIPANT_STATES } from './participant-states.ts';
import { RECOVERY_STATUSES } from './phases.ts';
import { claimSchema, walletStandingSchema } from './preview.ts';
import { hash32Schema, timeSchema } from './values.ts';

/** Names a person: by the id of a participants file, or by a wallet where no file knows them. */
export const subjectKeySchema = z.lazy(() =>
  z.strictObject({
    participantId: z.string().min(1).max(200).nullable(),
    wallet: addressSchema.nullable(),
  }),
);
export type SubjectKey = z.output<typeof subjectKeySchema>;

export const participantRowSchema = z.lazy(() =>
  z.strictObject({
    key: subjectKeySchema,
    /** What to show as the id. */
    id: z.string(),
    name: z.string().nullable(),
    wallets: z.int().nonnegative(),
    effectiveWallet: addressSchema.nullable(),
    state: z.enum(PARTICIPANT_STATES),
  }),
);
export type ParticipantRow = z.output<typeof participantRowSchema>;

export const SEARCH_SORTS = ['name', 'id', 'wallet', 'state'] as const;

export const searchInputSchema = z.lazy(() =>
  z.strictObject({
    text: z.string().max(200),
    state: z.enum(PARTICIPANT_STATES).nullable(),
    sort: z.enum(SEARCH_SORTS),
    direction: z.enum(['ascending', 'descending']),
    offset: z.int().nonnegative(),
    limit: z.int().min(1).max(20_000),
  }),
);
export type SearchInput = z.output<typeof searchInputSchema>;

export const searchResultSchema = z.lazy(() =>
  z.strictObject({
    /** Everybody known, found or not. */
    known: z.int().nonnegative(),
    found: z.int().nonnegative(),
    rows: z.array(participantRowSchema),
  }),
);
export type SearchResult = z.output<typeof searchResultSchema>;

export const recoverySummarySchema = z.lazy(() =>
  z.strictObject({
    id: z.string(),
    participantId: z.string(),
    /** As the participants file names the person now. */
    name: z.string().nullable(),
    network: z.string(),
    chainId: z.int().positive(),
    practice: z.boolean(),
    lostWallet: addressSchema,
    /** Wallets that were recovered together with it. Left out where there are none. */
    further: z.array(addressSchema).min(1).exactOptional(),
    operator: addressSchema,
    status: z.enum(RECOVERY_STATUSES),
    recovered: z.int().nonnegative(),
    total: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    createdAt: timeSchema,
    finishedAt: timeSchema.nullable(),
  }),
);
export type RecoverySummary = z.output<typeof recoverySummarySchema>;

export const participantDetailSchema = z.lazy(() =>
  z.strictObject({
    row: participantRowSchema,
    source: z.enum(['directory', 'chain']),
    /** The block that everything on chain was read at. */
    block: z.strictObject({ number: z.int().nonnegative(), time: timeSchema }),
    wallets: z.array(
      z.strictObject({
        address: addressSchema,
        effective: z.boolean(),
        /** On record as lost in the directory. */
        lost: z.boolean(),
        standing: walletStandingSchema,
      }),
    ),
    /** Wallets that are registered with the identity on chain, and not on record. Left out where there are none. */
    beside: z
      .array(z.strictObject({ address: addressSchema, standing: walletStandingSchema }))
      .min(1)
      .exactOptional(),
    /** Of the effective wallet; null where it has none. */
    identity: addressSchema.nullable(),
    /** null where the contracts do not answer. */
    claims: z.array(claimSchema).nullable(),
    /** null where there is none. */
    directory: directoryFactsSchema.nullable(),
    /** Names the record that may be edited here; null for one of which the desk is not the keeper. */
    record: hash32Schema.nullable(),
    recoveries: z.array(recoverySummarySchema),
    /** Whether a recovery may be begun by who is signed in, and else why not. */
    mayRecover: z.discriminatedUnion('may', [
      z.strictObject({ may: z.literal(true) }),
      z.strictObject({ may: z.literal(false), message: z.string(), remedy: z.string() }),
    ]),
  }),
);
export type ParticipantDetail = z.output<typeof participantDetailSchema>;
