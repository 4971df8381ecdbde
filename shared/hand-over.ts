/**
 * The hand-over of a generated replacement wallet: its two halves leave the desk through different people, or both in one
 * file that only the holder opens; once that is marked done the desk keeps neither. Facts alone, no secret.
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import type { Address } from './address.ts';
import { HAND_OVER_CHECKS } from './hand-over-rules.ts';
import type { HandOverCheck } from './hand-over-rules.ts';
import { timeSchema } from './values.ts';

export const HAND_OVER_FACTS = [
  /** The keystore left the desk. */
  'keystore',
  /** The passphrase was shown. */
  'passphrase',
  /** Somebody named a public key of the holder. */
  'recipient',
  /** Both left in one file, encrypted to that key, which another one had named. */
  'sealed',
  /** Somebody said that the holder recovers by themselves, afterwards, what the wallet was to recover itself and has not. */
  'left_to_holder',
  /** Somebody ticked the checklist; from here on the desk lets go of what it keeps. */
  'done',
  /** It was looked for, and the desk keeps neither. */
  'cleared',
  /** The directory lets the person sign in again, for the last of the wallets is handed over. */
  'sign_in_released',
] as const;
export type HandOverWhat = (typeof HAND_OVER_FACTS)[number];

/** A public key of age in its plain form (X25519, in Bech32), as `age-keygen` prints it. @see age-encryption.org/v1 */
export const recipientSchema = z
  .string()
  .regex(/^age1[02-9ac-hj-np-z]{58}$/, 'is no public key of age, which begins with age1');

const leavingSchema = z.lazy(() =>
  z.strictObject({
    /** Null for a passphrase that was never the desk's: whoever chose it has it. */
    operatorId: z.string().nullable(),
    /** The address that this person signs with. */
    operator: addressSchema,
    at: timeSchema,
    /** The holder's public key, where it is about one; else null. */
    recipient: recipientSchema.nullable(),
  }),
);
/** One person who took a half. */
export type Leaving = z.output<typeof leavingSchema>;

/** One wallet of a recovery. */
export interface HandOverOf {
  readonly recoveryId: string;
  /** A replacement wallet that this desk made. */
  readonly wallet: Address;
}

export interface HandOverRow {
  /** The wallet that it is about: each of a recovery is handed over by itself. */
  readonly wallet: Address;
  readonly what: HandOverWhat;
  readonly operatorId: string;
  readonly operator: Address;
  readonly recipient: string | null;
  readonly at: string;
}

export const HAND_OVER_STATES = [
  /** The recovery has not come to its end. */
  'waiting',
  'open',
  /** Marked done, and the desk still keeps something. */
  'clearing',
  'done',
] as const;

export const handOverViewSchema = z.strictObject({
  recoveryId: z.string(),
  wallet: addressSchema,
  /** What it replaces. */
  lostWallet: addressSchema,
  /** Other wallets of this recovery that are not handed over yet. */
  others: z.array(addressSchema),
  state: z.enum(HAND_OVER_STATES),
  keystore: z.array(leavingSchema),
  passphrase: z.array(leavingSchema),
  /** Whoever named a public key of the holder. */
  recipients: z.array(leavingSchema),
  /** In one file that only the holder opens. */
  sealed: z.array(leavingSchema),
  /** Whether the desk keeps the passphrase, and can show it. */
  passphraseKept: z.boolean(),
  /** Whether policy lets one person take both halves. */
  byOne: z.boolean(),
  /**
   * Symbols of what the wallet is to recover itself before it leaves, and has not, in whichever recovery to it: nothing
   * leaves while there are any. Left out where there are none, or they were left to the holder.
   */
  toRecover: z.array(z.string()).min(1).exactOptional(),
  /** The recoveries that these are of, newest first; a retry is of one of them. Left out with them. */
  toRecoverIn: z.array(z.string()).min(1).exactOptional(),
  /** Other recoveries to the wallet that have not ended: nothing leaves before. Left out where there are none. */
  underWay: z.array(z.string()).min(1).exactOptional(),
  /** Whether this recovery holds the person's sign-in still. */
  signInHeld: z.boolean(),
});
export type HandOverView = z.output<typeof handOverViewSchema>;

export const handOverCheckSchema = z.enum(
  Object.keys(HAND_OVER_CHECKS) as [HandOverCheck, ...HandOverCheck[]],
);
