/** A participant: the person behind wallets and an on-chain identity. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';

export const participantSchema = z.lazy(() =>
  z.strictObject({
    id: z.string().min(1).max(200),
    name: z.string().nullable(),
    /** Where the record comes from: a participant directory, or the chain alone. */
    source: z.enum(['directory', 'chain']),
    /** At most one is effective: the wallet meant when none is named. */
    wallets: z
      .array(
        z.strictObject({
          address: addressSchema,
          effective: z.boolean(),
          /** The directory has it on record as lost; left out where it does not say. */
          lost: z.boolean().exactOptional(),
        }),
      )
      .refine((wallets) => wallets.filter((wallet) => wallet.effective).length <= 1, {
        message: 'has more than one effective wallet',
      }),
  }),
);

export type Participant = z.output<typeof participantSchema>;
