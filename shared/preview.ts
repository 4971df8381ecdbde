/** The preview: what was read of a participant, pinned to one block, before anything is decided. Read-only. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { caseSchema } from './case.ts';
import { digestOf } from './canonical.ts';
import { directoryFactsSchema } from './directory.ts';
import { TOKEN_FAILURE_REASONS } from './phases.ts';
import { planStepSchema } from './plan.ts';
import { amountSchema, hash32Schema, timeSchema } from './values.ts';
import type { Hex } from './values.ts';

export const BLOCKER_CODES = [
  'WALLET_NOT_REGISTERED',
  'WALLET_ALREADY_LOST',
  'IDENTITY_MANAGER_ROLE_MISSING',
  'RECOVERY_IN_PROGRESS',
  'PARTICIPANT_HAS_NO_WALLET',
  'WALLET_NOT_OF_PARTICIPANT',
  'OPERATOR_IS_PARTICIPANT',
  'REPLACEMENT_UNUSABLE',
  'OPERATOR_CANNOT_PAY',
  'RECOVERY_SIMULATION_REVERTS',
  'COST_OVER_POLICY',
  'WALLET_UNDECIDED',
] as const;
export type BlockerCode = (typeof BLOCKER_CODES)[number];

export const WARNING_CODES = [
  'LEGAL_HOLD_POSSIBLE',
  'TOKEN_FAILURE_EXPECTED',
  'NOT_RECOVERABLE_HERE',
  'CLAIMS_DO_NOT_MOVE',
  'CLAIMS_UNREADABLE',
  'OPERATOR_KEY_BUSY',
  'CUSTODIAN_SIGNS_NOTHING',
  'LOST_WALLET_ACTIVE',
  'LOST_WALLET_STILL_MOVES',
  'REPLACEMENT_BY_CALL_BACK',
  'ADOPTS_STANDING_LINK',
  'ADOPTED_IDENTITY_MANAGED',
  'NO_SIMULATION',
  'NO_DIRECTORY',
  'DIRECTORY_SILENT',
  'DIRECTORY_CANNOT',
  'PRACTICE_NETWORK',
  'ROLES_OF_LOST_WALLET',
  'HEALTHY_WALLET_STAYS',
  'EARLIER_LOST_WALLET',
  'HOLDERS_WAY',
  'HOLDERS_WAY_UNUSED',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

const noteOf = <T extends readonly [string, ...string[]]>(codes: T) =>
  z.strictObject({ code: z.enum(codes), message: z.string(), remedy: z.string() });

export const walletStandingSchema = z.lazy(() =>
  z.strictObject({
    /** Whether the identity registry knows the wallet now. */
    registered: z.boolean(),
    identity: addressSchema.nullable(),
    /** ISO 3166-1 numeric country as the registry holds it. */
    country: z.int().nullable(),
    markedLost: z.boolean(),
    /** The replacement that a wallet marked as lost is linked to. */
    linkedTo: addressSchema.nullable(),
  }),
);
export type WalletStanding = z.output<typeof walletStandingSchema>;

/** A right on chain that a lost wallet holds: recovery does not take it away. */
export const heldRightSchema = z.lazy(() =>
  z.strictObject({
    kind: z.enum(['system_role', 'token_role', 'identity_key', 'claim_issuer_key']),
    /** The contract that gives the right: access manager, token, identity or issuer. */
    on: addressSchema,
    /** What that contract is, in words: `the system`, a token's symbol, `identity`. */
    onName: z.string(),
    /** The role's name, or the purposes of the key in words; the role's id where its name is not known. */
    right: z.string(),
  }),
);
export type HeldRight = z.output<typeof heldRightSchema>;

const tokenPreviewSchema = z.lazy(() =>
  z.strictObject({
    address: addressSchema,
    name: z.string(),
    symbol: z.string(),
    decimals: z.int().min(0).max(255),
    balance: amountSchema,
    frozen: amountSchema,
    addressFrozen: z.boolean(),
    paused: z.boolean(),
    /** Whether who will sign for this token holds its custodian right. */
    custodianRight: z.boolean(),
    /** Where a custodian was named beside the operator: who will sign for this token, and who of the two may. */
    signer: addressSchema.exactOptional(),
    custodians: z.array(addressSchema).exactOptional(),
    /** `holder`: the replacement wallet recovers the token itself, for nobody named holds the right. Left out elsewhere. */
    way: z.literal('holder').exactOptional(),
    predicted: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('recovers'), by: z.enum(['simulation', 'flags']) }),
      z.strictObject({
        outcome: z.literal('fails'),
        by: z.enum(['simulation', 'flags']),
        reason: z.enum(TOKEN_FAILURE_REASONS),
        message: z.string(),
        remedy: z.string(),
      }),
      z.strictObject({ outcome: z.literal('already_recovered') }),
    ]),
  }),
);
export type TokenPreview = z.output<typeof tokenPreviewSchema>;

export const claimSchema = z.lazy(() =>
  z.strictObject({
    topic: z.string(),
    topicName: z.string().nullable(),
    issuer: addressSchema,
    /** Whether the trusted issuers registry lists the issuer for this topic; null when it could not be read. */
    trusted: z.boolean().nullable(),
    /** Whether the issuer's own contract stands by it; null when it does not say; left out in previews of older versions. */
    valid: z.boolean().nullable().exactOptional(),
  }),
);

const lostPreviewSchema = z.strictObject({
  lost: walletStandingSchema,
  /** There is code at it: a smart account. Left out where there is none, and in previews made before it was read. */
  contract: z.literal(true).exactOptional(),
  /** What the wallet is registered with; once it is lost, what the identity factory holds for it. */
  oldIdentity: addressSchema.nullable(),
  replacement: z
    .strictObject({
      address: addressSchema,
      /** `account`: a smart account that the plan has made, owned by the person's first replacement. */
      kind: z.enum(['given', 'generated', 'adopted', 'account']),
      /** `none`: an address only looked at; no plan is made with it. */
      control: z.enum(['proof', 'call_back', 'generated', 'standing', 'none']),
      identity: addressSchema,
      identityExists: z.boolean(),
      standing: walletStandingSchema,
    })
    .nullable(),
  adopts: z.boolean(),
  tokens: z.array(tokenPreviewSchema),
  notRecoverable: z.strictObject({
    nativeBalance: amountSchema,
    tokens: z.array(
      z.strictObject({
        address: addressSchema,
        symbol: z.string(),
        decimals: z.int(),
        balance: amountSchema,
      }),
    ),
  }),
  /** Left out where it holds none, and in previews made before it was read. */
  rights: z.array(heldRightSchema).min(1).exactOptional(),
});

export const previewSchema = z.lazy(() =>
  z.strictObject({
    format: z.literal('recovery-desk/preview'),
    version: z.literal(1),
    createdAt: timeSchema,
    network: z.strictObject({
      name: z.string(),
      chainId: z.int().positive(),
      protocol: z.enum(['smart', 'erc3643']),
      system: addressSchema,
      practice: z.boolean(),
    }),
    block: z.strictObject({ number: z.int().nonnegative(), hash: hash32Schema, time: timeSchema }),
    case: caseSchema,
    operator: z.strictObject({
      address: addressSchema,
      identityManager: z.boolean(),
      balance: amountSchema,
      /** Transactions of the operator's key that this desk does not know and that are not mined yet. */
      foreignPending: z.int().nonnegative(),
    }),
    /**
     * Where a custodian was named beside the operator: both, with what each would sign and pay. Left out in previews of
     * one operator alone, as in those of older versions.
     */
    signers: z
      .array(
        z.strictObject({
          address: addressSchema,
          role: z.enum(['operator', 'custodian']),
          identityManager: z.boolean(),
          balance: amountSchema,
          foreignPending: z.int().nonnegative(),
          /** A Safe or a custody platform sends what this address signs, and pays for it. */
          external: z.boolean(),
          transactions: z.int().nonnegative(),
          gas: amountSchema,
          /** Wei. */
          estimate: amountSchema,
        }),
      )
      .exactOptional(),
    participant: z.strictObject({
      id: z.string(),
      name: z.string().nullable(),
      /** Where the person's record comes from: a participants file, or the chain alone. */
      source: z.enum(['directory', 'chain']),
      wallets: z.array(
        z.strictObject({
          address: addressSchema,
          effective: z.boolean(),
          lost: z.boolean().exactOptional(),
        }),
      ),
    }),
    /**
     * What the participant directory can do about the person's sign-ins, and what there is of them. Left out where there
     * is no directory, and in previews made before it was read.
     */
    directory: directoryFactsSchema.exactOptional(),
    lostWallet: addressSchema.nullable(),
    ...lostPreviewSchema.shape,
    /** Further lost wallets of the person, each with its replacement as far as one is chosen. Left out where there are none. */
    further: z
      .array(z.strictObject({ lostWallet: addressSchema, ...lostPreviewSchema.shape }))
      .min(1)
      .exactOptional(),
    /**
     * Every other wallet registered with the person's identity, and what was said of it. Left out where there are none, and in
     * previews made before they were read.
     */
    others: z
      .array(
        z.strictObject({
          wallet: addressSchema,
          standing: walletStandingSchema,
          /** Whether there is code at it: a smart account. */
          contract: z.boolean(),
          /** Tokens of the system that it holds anything of. */
          holds: z.array(z.string()),
          says: z.enum(['undecided', 'moves', 'stays']),
        }),
      )
      .min(1)
      .exactOptional(),
    claims: z.array(claimSchema),
    requiredTopics: z.array(z.string()),
    cost: z.strictObject({
      transactions: z.int().nonnegative(),
      gas: amountSchema,
      /** Wei per gas. */
      gasPrice: amountSchema,
      /** Wei. */
      estimate: amountSchema,
      by: z.enum(['simulation', 'typical']),
      /**
       * Gas of each step, as `gas` adds it up, beside that of replacements that sign themselves and are given what it takes;
       * absent where nothing is to be done, and in previews made before it was kept.
       */
      steps: z
        .array(
          z.strictObject({
            role: planStepSchema.shape.role,
            token: addressSchema.nullable(),
            /** Left out in previews made before several wallets were read. */
            wallet: addressSchema.exactOptional(),
            gas: amountSchema,
          }),
        )
        .exactOptional(),
    }),
    blockers: z.array(noteOf(BLOCKER_CODES)),
    warnings: z.array(noteOf(WARNING_CODES)),
  }),
);

export type Preview = z.output<typeof previewSchema>;
/** What a preview says of one lost wallet. */
export type LostPreview = z.output<typeof lostPreviewSchema> & { readonly lostWallet: Preview['lostWallet'] };
export type OtherWallet = NonNullable<Preview['others']>[number];

export type SignerPreview = NonNullable<Preview['signers']>[number];
export type Blocker = Preview['blockers'][number];
export type Warning = Preview['warnings'][number];

/** A preview as it is written to a file: the preview and the digest over its canonical form. */
export const previewPackageSchema = z.lazy(() =>
  z.strictObject({ preview: z.unknown(), digest: hash32Schema }),
);

/** keccak256 of the preview's RFC 8785 bytes. */
export function previewDigest(preview: Preview): Hex {
  return digestOf(preview);
}

export { lostPreviews } from './lost-wallets.ts';
