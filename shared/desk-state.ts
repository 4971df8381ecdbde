/** What the window shows around everything else: networks, who is signed in, what runs. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { errorViewSchema } from './answer.ts';

export const appearanceSchema = z.enum(['system', 'light', 'dark']);
export type Appearance = z.output<typeof appearanceSchema>;

export const networkEntrySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** null where the profile cannot be read now. */
  chainId: z.int().positive().nullable(),
  practice: z.boolean(),
  /** Path of the profile, for the person to find it again; null for the practice network. */
  file: z.string().nullable(),
  chosen: z.boolean(),
  problem: errorViewSchema.nullable(),
});
export type NetworkEntry = z.output<typeof networkEntrySchema>;

export const networkCheckSchema = z.strictObject({
  name: z.string(),
  chainId: z.int().positive(),
  protocol: z.enum(['smart', 'erc3643']),
  block: z.int().nonnegative(),
  finalBlock: z.int().nonnegative().nullable(),
  fees: z.enum(['eip1559', 'legacy']),
  simulation: z.boolean(),
  parts: z.array(z.strictObject({ name: z.string(), address: addressSchema })),
});
export type NetworkCheck = z.output<typeof networkCheckSchema>;

/** A practice person, and what is to be learnt with them. */
export const drillSchema = z.strictObject({
  participantId: z.string(),
  /** A short name of the drill. */
  title: z.string(),
  person: z.string(),
  purpose: z.string(),
  /** What to look for, in a sentence. */
  expect: z.string(),
  /** The new wallet that the person gives, who will prove control of it when asked. */
  holderWallet: addressSchema,
});
export type Drill = z.output<typeof drillSchema>;

export const deskStateSchema = z.strictObject({
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
  operator: z.strictObject({ address: addressSchema, identityManager: z.boolean() }).nullable(),
  /**
   * The recovery that everything else waits for: past its point of no return, or being executed. From the confirmation
   * until it has an id, a word that says so.
   */
  lockedOn: z.string().nullable(),
  drills: z.array(drillSchema),
});
export type DeskState = z.output<typeof deskStateSchema>;

/** Told while logs are read: how far, and how far it goes. */
export const readingProgressSchema = z.strictObject({
  what: z.string(),
  reached: z.int().nonnegative(),
  last: z.int().nonnegative(),
});
export type ReadingProgress = z.output<typeof readingProgressSchema>;
