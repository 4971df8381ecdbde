/** What is held of any record of a person that comes from outside: ids, names and wallets in a form that can be shown. */
import { z } from 'zod';
import { addressSchema } from '../../shared/address-schema.ts';
import type { Participant } from '../../shared/participant.ts';
import { plainText } from '../../shared/plain-text.ts';
import { CHAIN_ID_PREFIXES } from './chain-only.ts';

/** At the most so many wallets of one person. */
export const MOST_WALLETS = 1000;

const lineSchema = z
  .string()
  .min(1, 'is empty')
  .max(200, 'is longer than 200 characters')
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u, 'holds an invisible character')
  .refine((text) => text.trim() === text, 'begins or ends with a space');

export const personIdSchema = lineSchema.refine(
  (id) => !CHAIN_ID_PREFIXES.some((prefix) => id.startsWith(prefix)),
  'begins like the id of an on-chain identity',
);

export const personNameSchema = lineSchema;

export const personEntrySchema = z.lazy(() =>
  z.strictObject({
    id: personIdSchema,
    name: personNameSchema.nullable().optional(),
    wallets: z.array(addressSchema).max(MOST_WALLETS),
    /** The wallet meant when none is named; the first one that is not lost where it is left out. */
    effectiveWallet: addressSchema.optional(),
    /** Those of them that are on record as lost. */
    lostWallets: z.array(addressSchema).max(MOST_WALLETS).optional(),
  }),
);
export type PersonEntry = z.output<typeof personEntrySchema>;

/** The person that an entry describes, or what is wrong with it in words. */
export function personOf(entry: PersonEntry): Participant | string {
  const { id, name = null, wallets, lostWallets: lost = [] } = entry;
  const twice = wallets.find((wallet, index) => wallets.indexOf(wallet) !== index);
  if (twice !== undefined) return `the wallet ${twice} is listed twice`;
  const strange = lost.find((wallet) => !wallets.includes(wallet));
  if (strange !== undefined) return `the lost wallet ${strange} is not among its wallets`;
  const effective = entry.effectiveWallet ?? wallets.find((wallet) => !lost.includes(wallet));
  if (effective !== undefined && !wallets.includes(effective))
    return `the effective wallet ${effective} is not among its wallets`;
  return {
    id,
    name,
    source: 'directory',
    wallets: wallets.map((address) => ({
      address,
      effective: address === effective,
      ...(lost.includes(address) ? { lost: true } : {}),
    })),
  };
}

/** What the schema finds first, in words that name the field; they may hold names out of the file. */
export function wordsOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it is malformed';
  const [field, position] = issue.path;
  const message = plainText(issue.message);
  if (field === undefined) return message;
  return `"${String(field)}"${typeof position === 'number' ? ` number ${position + 1}` : ''} ${message}`;
}
