/**
 * What the entry window shows and answers (DESIGN 2.6). It is drawn from what main stored, by main, in a document of its
 * own origin: the desk's page never sees it, and what is typed goes to main alone.
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { amountSchema, hash32Schema } from './values.ts';

export const entryViewSchema = z.discriminatedUnion('kind', [
  /** The typed confirmation of a plan. */
  z.strictObject({
    kind: z.literal('confirm'),
    person: z.string(),
    ticket: z.string(),
    reason: z.string(),
    network: z.string(),
    chainId: z.int().positive(),
    practice: z.boolean(),
    lostWallet: addressSchema,
    replacementWallet: addressSchema,
    replacementIdentity: addressSchema,
    tokens: z.int().nonnegative(),
    /** Of the tokens, those that the preview expects to fail. */
    expectedToFail: z.int().nonnegative(),
    highestCost: amountSchema,
    digest: hash32Schema,
    /** What is to be typed. */
    text: z.string(),
  }),
  /** The passphrase of a keystore. */
  z.strictObject({ kind: z.literal('passphrase'), what: z.string(), file: z.string() }),
  /** A passphrase for a wallet that is being made, typed twice. */
  z.strictObject({ kind: z.literal('new_passphrase'), what: z.string(), minLength: z.int().positive() }),
]);
export type EntryView = z.output<typeof entryViewSchema>;

/** What was typed. A new passphrase is compared by the entry window itself; main checks its strength. */
export const entryReplySchema = z.strictObject({ typed: z.string().max(4096) });

/** Whether what was typed is taken; if not, the window stays open and says why. */
export type EntryVerdict = { readonly taken: true } | { readonly taken: false; readonly message: string };
