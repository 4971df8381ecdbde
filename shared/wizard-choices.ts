/** What is said and chosen of a person's wallets in the wizard: ids and choices alone, of which main looks at its own facts. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';

/** Wallets that one identity may have here, so that no page sends a list without end. */
export const MOST_WALLETS = 200;

/** What is said of another wallet of the person: lost too; in their hands, and moving to the new identity, or staying. */
export const WALLET_SAYINGS = ['lost', 'moves', 'stays'] as const;
export type WalletSays = (typeof WALLET_SAYINGS)[number];

export const saidOfWalletsSchema = z
  .array(z.strictObject({ wallet: addressSchema, says: z.enum(WALLET_SAYINGS) }))
  .max(MOST_WALLETS);
export type SaidOfWallets = z.output<typeof saidOfWalletsSchema>;

const ofHolder = [
  z.strictObject({
    kind: z.literal('proof'),
    address: addressSchema,
    signature: z.string().max(20_000),
  }),
  z.strictObject({ kind: z.literal('call_back'), address: addressSchema }),
  z.strictObject({ kind: z.literal('generate') }),
] as const;

/** Where the replacement of the lost wallet comes from. */
export const replacementChoiceSchema = z.discriminatedUnion('kind', [...ofHolder]);
export type ReplacementChoice = z.output<typeof replacementChoiceSchema>;

/** The same of a further lost wallet; `account`: a smart account of the profile's factory, owned by the first replacement. */
export const furtherChoiceSchema = z.discriminatedUnion('kind', [
  ...ofHolder,
  z.strictObject({ kind: z.literal('account') }),
]);
export type FurtherChoice = z.output<typeof furtherChoiceSchema>;
