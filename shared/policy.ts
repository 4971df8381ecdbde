/** What a desk's owner decides once for everybody who works at it. Unknown keys are refused. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { amountSchema } from './values.ts';

export const policySchema = z.strictObject({
  /** Hosts that may be connected to; null means those named by the chosen network profile. */
  allowedHosts: z.array(z.string().min(1)).nullable().default(null),
  /** Plain http to a host that is not this machine. */
  allowPlainHttp: z.boolean().default(false),
  /** A replacement wallet made and kept by the desk. */
  generatedReplacement: z.boolean().default(true),
  /** A recorded call-back in place of a proof of control. */
  replacementByCallBack: z.boolean().default(false),
  /** Hours a holder has to answer a challenge. */
  challengeHours: z.int().min(1).max(720).default(72),
  /** Shortest passphrase for a generated wallet, in characters. */
  minPassphraseLength: z.int().min(8).max(256).default(12),
  /** Addresses that may never become a replacement: approvers, treasury, other desks. */
  reservedAddresses: z.array(addressSchema).max(10_000).default([]),
  /** Confirmations where the profile names no finality. */
  confirmations: z.int().min(1).max(10_000).default(12),
  /** The plan's highest cost as a multiple of the estimate, in percent. */
  costMarginPercent: z.int().min(100).max(10_000).default(300),
  /** A cost in wei that no plan may go past; null for none. */
  highestCostWei: amountSchema.nullable().default(null),
  /** Transactions of one sender under way at a time. */
  pendingWindow: z.int().min(1).max(64).default(16),
  /** Blocks without being mined before a fee bump. */
  bumpAfterBlocks: z.int().min(1).max(1_000).default(5),
  /** Fee bumps for one step. */
  maxBumps: z.int().min(0).max(20).default(5),
  /** Milliseconds an endpoint has for one answer. */
  requestTimeoutMs: z.int().min(100).max(600_000).default(15_000),
  /** Repeats of a read that failed. */
  readRetries: z.int().min(0).max(10).default(3),
  /** Seconds a running recovery bears an unreachable network before it stops, resumable. */
  networkPatienceSeconds: z.int().min(1).max(86_400).default(120),
  /** Seconds a running recovery waits for a block with its transaction before it stops, resumable. */
  miningPatienceSeconds: z.int().min(1).max(86_400).default(600),
});

export type Policy = z.output<typeof policySchema>;

export const DEFAULT_POLICY: Policy = policySchema.parse({});
