/** What a seeded practice network is: addresses, tokens, people. Written to seed.json, read by the demo and tests. */
import { z } from 'zod';
import { addressSchema } from '../../shared/address-schema.ts';
import { amountSchema, hash32Schema } from '../../shared/values.ts';
import { TOKEN_FAILURE_REASONS } from '../../shared/phases.ts';
import { TOKEN_KINDS } from './tokens.ts';

const seededTokenSchema = z.strictObject({
  symbol: z.string(),
  name: z.string(),
  kind: z.enum(TOKEN_KINDS),
  decimals: z.int(),
  condition: z.enum(['plain', 'paused', 'operator_is_no_custodian', 'lock_up']),
  shows: z.enum(TOKEN_FAILURE_REASONS).nullable(),
  address: addressSchema,
  accessManager: addressSchema,
});

const seededHoldingSchema = z.strictObject({
  symbol: z.string(),
  token: addressSchema,
  /** In the token's smallest unit. */
  amount: amountSchema,
  frozen: amountSchema,
  addressFrozen: z.boolean(),
});

const seededFurtherSchema = z.strictObject({
  wallet: addressSchema,
  /** Derives its key, or that of the owner where it is a smart account: `practiceKey(role)`. */
  role: z.string(),
  kind: z.enum(['key', 'account']),
  /** What the person says of it; `lost_before`: recovered to the wallet that is lost now. */
  says: z.enum(['lost', 'healthy', 'lost_before']),
  holdings: z.array(seededHoldingSchema),
});

const seededPersonSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  country: z.int(),
  situation: z.string(),
  purpose: z.string(),
  /** Codes of the blockers, warnings and token failures that the person is there for. */
  shows: z.array(z.string()),
  /** In the order of the participants file. */
  wallets: z.array(addressSchema),
  /** The wallet that is lost now; null for the person without any. */
  lostWallet: addressSchema.nullable(),
  /** Derives the lost wallet's key: `practiceKey(lostRole)`. */
  lostRole: z.string().nullable(),
  /** The wallet that a standing link leads to. */
  linkedTo: addressSchema.nullable(),
  linkedRole: z.string().nullable(),
  oldIdentity: addressSchema.nullable(),
  /** On the lost wallet. */
  holdings: z.array(seededHoldingSchema),
  /** The person's wallets beside the lost one. */
  further: z.array(seededFurtherSchema),
});

export const practiceSeedSchema = z.strictObject({
  /** Another one than it was written with is set up anew. */
  version: z.literal(3),
  firstBlockHash: hash32Schema,
  chainId: z.int().positive(),
  /** Block of the system's first contract. */
  fromBlock: z.int().nonnegative(),
  contracts: z.strictObject({
    system: addressSchema,
    accessManager: addressSchema,
    identityRegistry: addressSchema,
    identityRegistryStorage: addressSchema,
    identityFactory: addressSchema,
    trustedIssuersRegistry: addressSchema,
    topicSchemeRegistry: addressSchema,
    tokenFactoryRegistry: addressSchema,
    identityVerificationModule: addressSchema,
    lockUpModule: addressSchema,
  }),
  /** Makes smart accounts, for the profile to name. */
  walletFactory: addressSchema,
  /** A token that no system knows. */
  plainToken: addressSchema,
  /** A wallet that is a contract; its owner is the role `contract-wallet-owner`. */
  contractWallet: addressSchema,
  /** The trusted issuer's identity, and that of one no longer trusted. */
  issuer: addressSchema,
  formerIssuer: addressSchema,
  /** Addresses of PRACTICE_ROLES by role. */
  roles: z.record(z.string(), addressSchema),
  tokens: z.array(seededTokenSchema),
  people: z.array(seededPersonSchema),
});

export type PracticeSeed = z.output<typeof practiceSeedSchema>;
export type SeededPerson = PracticeSeed['people'][number];
export type SeededToken = PracticeSeed['tokens'][number];

/** Whole tokens in the token's smallest unit. */
export function unitsOf(token: Pick<SeededToken, 'decimals'>, whole: bigint): bigint {
  return whole * 10n ** BigInt(token.decimals);
}

export function tokenNamed(bySymbol: ReadonlyMap<string, SeededToken>, symbol: string): SeededToken {
  const token = bySymbol.get(symbol);
  if (token === undefined) throw new Error(`No practice token ${symbol}.`);
  return token;
}
