/** What is said and chosen of a person's wallets in the wizard: ids and choices alone, of which main looks at its own facts. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { WALLET_SAYINGS } from './wallet-sayings.ts';

/** Wallets that one identity may have here, so that no page sends a list without end. */
export const MOST_WALLETS = 200;

export const saidOfWalletsSchema = z.lazy(() =>
  z.array(z.strictObject({ wallet: addressSchema, says: z.enum(WALLET_SAYINGS) })).max(MOST_WALLETS),
);
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
export const replacementChoiceSchema = z.lazy(() => z.discriminatedUnion('kind', [...ofHolder]));
export type ReplacementChoice = z.output<typeof replacementChoiceSchema>;

/** The same of a further lost wallet; `account`: a smart account of the profile's factory, owned by the first replacement. */
export const furtherChoiceSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [...ofHolder, z.strictObject({ kind: z.literal('account') })]),
);
export type FurtherChoice = z.output<typeof furtherChoiceSchema>;
