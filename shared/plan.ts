/** The plan: actions and bounds, never observations. Its digest is what a person confirms. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { RECOVERY_REASONS } from './recovery-reasons.ts';
import { digestOf } from './canonical.ts';
import { DIRECTORY_ACTIONS } from './directory-actions.ts';
import { STEP_PHASES } from './phases.ts';
import { amountSchema, hash32Schema, hexSchema, timeSchema } from './values.ts';
import type { Hex } from './values.ts';

/** The right a step's signer must hold on chain; `holder`: none, for the replacement wallet itself signs. */
export const STEP_RIGHTS = ['none', 'identityManager', 'custodian', 'claimIssuer', 'holder'] as const;

/**
 * A chain step: words with operands for a name (`recover_token:<lost>:<token>`), one call, one signer.
 * `role` tells the engine how the step weighs; the contract family alone knows what the call does.
 */
export const planStepSchema = z.strictObject({
  name: z.string().regex(/^[a-z_]+(:0x[0-9a-fA-F]{40})+$/),
  phase: z.enum(STEP_PHASES),
  /**
   * `prepare`: harmless and repeatable; `relink`: ties a lost wallet to its replacement, what is done about that wallet
   * rests on it; `move`: registers a healthy wallet of the person with the replacement identity; `token`: independent of
   * its siblings; `contain` and `release`: set and lift this desk's own freeze; `claim`: adds a claim to the replacement
   * identity; `fund`: gives a replacement that signs token steps itself the native coin for their gas, and holds nothing
   * but these.
   */
  role: z.enum(['contain', 'prepare', 'relink', 'move', 'token', 'release', 'claim', 'fund']),
  token: addressSchema.nullable(),
  wallet: addressSchema,
  right: z.enum(STEP_RIGHTS),
  signer: addressSchema,
  call: z.strictObject({
    to: addressSchema,
    data: hexSchema,
    /** Wei that go along, of a `fund` step alone; left out where none do. */
    value: amountSchema.exactOptional(),
  }),
});
export type PlanStep = z.output<typeof planStepSchema>;

/** A claim that a plan issues (ERC-735), by the step that adds it. */
export const plannedClaimSchema = z.lazy(() =>
  z.strictObject({
    step: z.string(),
    identity: addressSchema,
    /** A uint256, as a decimal number. */
    topic: amountSchema,
    topicName: z.string().nullable(),
    issuer: addressSchema,
    data: hexSchema,
    /**
     * Byte of the step's calldata at which the issuer's signature of 65 bytes stands: zeros in the plan, because nothing is
     * signed before a person has confirmed it.
     */
    signatureAt: z.int().nonnegative(),
  }),
);
export type PlannedClaim = z.output<typeof plannedClaimSchema>;

/** A lost wallet of a plan, and where what it stood for goes. */
export const plannedWalletSchema = z.strictObject({
  lostWallet: addressSchema,
  /** ISO 3166-1 numeric country that the replacement must keep. */
  country: z.int(),
  /** null where neither registry nor factory knows one any more. */
  oldIdentity: addressSchema.nullable(),
  replacement: z.strictObject({
    address: addressSchema,
    /** `account`: a smart account that the plan has made, and that another replacement of the plan owns. */
    kind: z.enum(['given', 'generated', 'adopted', 'account']),
    /** `standing`: the chain had linked the two before; nothing is sent there that is not recovered in turn. */
    control: z.enum(['proof', 'call_back', 'generated', 'standing']),
    identity: addressSchema,
  }),
  /** A link from the lost wallet to this very replacement stood before. */
  adopts: z.boolean(),
  /** Every token in scope, whole balance; those expected to fail too, for a pause may be lifted meanwhile. */
  tokens: z.array(
    z.strictObject({ address: addressSchema, symbol: z.string(), amount: z.literal('whole balance') }),
  ),
});
export type PlannedWallet = z.output<typeof plannedWalletSchema>;

export const planSchema = z.lazy(() =>
  z.strictObject({
    format: z.literal('recovery-desk/plan'),
    version: z.literal(1),
    /** How the engine walks the steps; kept per recovery so that an update resumes old ones as they began. */
    flowVersion: z.literal(1),
    createdAt: timeSchema,
    /** Makes two plans over the same facts two plans: a digest executes at most once. */
    nonce: hash32Schema,
    network: z.strictObject({
      chainId: z.int().positive(),
      protocol: z.enum(['smart', 'erc3643']),
      system: addressSchema,
    }),
    caseId: z.string(),
    participantId: z.string(),
    reason: z.enum(RECOVERY_REASONS),
    ticket: z.string(),
    evidence: z.array(z.string()),
    /** The reference under which a possible legal hold was acknowledged. */
    holdReference: z.string().nullable(),
    /** The lost wallet that the case was opened for. */
    ...plannedWalletSchema.shape,
    /**
     * Further lost wallets of the person, recovered together with it; one whose replacement is lost in turn comes before
     * that one in the steps. Left out where there are none.
     */
    further: z.array(plannedWalletSchema).min(1).exactOptional(),
    /**
     * The person's other wallets, which are in their hands, with the identity that each is registered with: they move to the
     * replacement identity, or stay. Left out where there are none.
     */
    healthy: z
      .array(z.strictObject({ wallet: addressSchema, identity: addressSchema, moves: z.boolean() }))
      .min(1)
      .exactOptional(),
    steps: z.array(planStepSchema),
    /**
     * What is asked of the participant directory beside the chain. Left out where there is none or it does not know the
     * person, and in plans made before it was asked.
     */
    directory: z
      .strictObject({
        kind: z.string(),
        /** null: it did not answer when the plan was made, and is asked whose the lost wallet is. */
        participantId: z.string().nullable(),
        actions: z.array(z.enum(DIRECTORY_ACTIONS)),
      })
      .exactOptional(),
    /** Of a plan that issues claims, and recovers nothing: on whose replacement identity, and which. */
    claims: z
      .strictObject({ recoveryId: z.string(), issue: z.array(plannedClaimSchema).min(1) })
      .exactOptional(),
    /** Wei that all transactions together may cost at the most. */
    highestCost: amountSchema,
  }),
);
export type Plan = z.output<typeof planSchema>;

/** keccak256 of the plan's RFC 8785 bytes. */
export function planDigest(plan: Plan): Hex {
  return digestOf(plan);
}

type Confirmable = Pick<Plan, 'lostWallet' | 'claims'>;

/**
 * What is typed to confirm: tied to the very wallet that is recovered; where claims are issued, to the identity that they
 * are about.
 */
export function confirmationText({ lostWallet, claims }: Confirmable): string {
  const identity = claims?.issue[0]?.identity;
  return identity === undefined ? `RECOVER ${tail(lostWallet)}` : `ISSUE CLAIMS ${tail(identity)}`;
}

export function confirms(plan: Confirmable, typed: string): boolean {
  return typed.trim().replace(/\s+/g, ' ').toUpperCase() === confirmationText(plan);
}

function tail(address: string): string {
  return address.slice(-6).toUpperCase();
}

export { tokensOf, walletOfStep, walletsKept, walletsOf } from './plan-wallets.ts';
