/** The result document of a recovery (DESIGN 6): what `recover`, `resume` and `demo` answer with `--json`. */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { effectCountsSchema } from './directory.ts';
import { PHASES, PHASE_STATUSES, RECOVERY_STATUSES, TOKEN_FAILURE_REASONS } from './phases.ts';
import { hash32Schema, timeSchema } from './values.ts';

const tokenFailureSchema = z.lazy(() =>
  z.strictObject({
    token: addressSchema,
    /** Which of several lost wallets holds it; left out where there is one. */
    lostWallet: addressSchema.exactOptional(),
    symbol: z.string(),
    reason: z.enum(TOKEN_FAILURE_REASONS),
    message: z.string(),
    remedy: z.string(),
  }),
);
export type TokenFailure = z.output<typeof tokenFailureSchema>;

export const phaseReportSchema = z.lazy(() =>
  z.strictObject({
    name: z.enum(PHASES),
    status: z.enum(PHASE_STATUSES),
    reason: z.string().exactOptional(),
    /** What was done at the participant directory: how many of each. */
    counts: effectCountsSchema.exactOptional(),
    startedAt: timeSchema.nullable(),
    finishedAt: timeSchema.nullable(),
  }),
);
export type PhaseReport = z.output<typeof phaseReportSchema>;

export const FOLLOW_UP_CODES = [
  'CLAIMS_TO_REISSUE',
  'TOKENS_TO_RETRY',
  'LOST_WALLET_ACTIVE',
  'LOST_WALLET_STILL_MOVES',
  'LOST_WALLET_LEFT_FROZEN',
  'LOST_WALLET_HOLDS_AGAIN',
  'REPLACEMENT_LEFT_FROZEN',
  'NOT_RECOVERABLE_HERE',
  'CUT_OFF_ELSEWHERE',
  'DIRECTORY_TO_RETRY',
  'ACCESS_SURVIVES',
  'SIGN_IN_HELD',
  'HAND_OVER_WALLET',
  'LISTS_AND_SETTLEMENTS',
  'VERIFY_BY_HAND',
  'HANDED_OUT_CALLS',
  'REVOKE_ROLE',
  'HEALTHY_WALLET_STAYS',
  'WALLET_NOT_RECOVERED',
  'COIN_GIVEN',
  'HOLDER_RECOVERS',
] as const;

const followUpSchema = z.lazy(() => z.strictObject({ code: z.enum(FOLLOW_UP_CODES), message: z.string() }));
export type FollowUp = z.output<typeof followUpSchema>;

/** Who a recovery waits for: an operator at the desk, or signatures on calls that were handed out. */
export const waitsForSchema = z.lazy(() =>
  z.strictObject({
    address: addressSchema,
    what: z.enum(['operator', 'signatures']),
    /** Names of steps, in plan order. */
    steps: z.array(z.string()),
  }),
);
export type WaitsFor = z.output<typeof waitsForSchema>;

/** Why a recovery waits, stopped or failed, and the way on. */
export const statusReasonSchema = z.lazy(() =>
  z.strictObject({
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
  }),
);

export const recoveryResultSchema = z.lazy(() =>
  z.strictObject({
    status: z.enum(RECOVERY_STATUSES),
    reason: statusReasonSchema.exactOptional(),
    /** Left out where it waits for nobody. */
    waitsFor: z.array(waitsForSchema).exactOptional(),
    recoveryId: z.string(),
    protocol: z.enum(['smart', 'erc3643']),
    chainId: z.int().positive(),
    practice: z.boolean(),
    lostWallet: addressSchema,
    replacementWallet: addressSchema,
    replacementIdentity: addressSchema,
    wallets: z.array(
      z.strictObject({
        lost: addressSchema,
        replacement: addressSchema,
        identity: addressSchema,
        /** The chain did not let it be linked to its replacement: it was not recovered. Left out else. */
        linked: z.literal(false).exactOptional(),
      }),
    ),
    /** The person's other wallets; left out where there are none. */
    healthy: z
      .array(
        z.strictObject({
          wallet: addressSchema,
          identity: addressSchema,
          outcome: z.enum(['stays', 'moved', 'failed', 'open']),
        }),
      )
      .exactOptional(),
    /** Counted by wallet and token. */
    tokens: z.strictObject({
      total: z.int().nonnegative(),
      recovered: z.int().nonnegative(),
      failed: z.int().nonnegative(),
      failures: z.array(tokenFailureSchema),
      /** Symbols of those that the replacement recovers itself; left out where there are none. */
      holdersWay: z.array(z.string()).min(1).exactOptional(),
    }),
    phases: z.array(phaseReportSchema),
    followUps: z.array(followUpSchema),
    transactions: z.array(z.strictObject({ step: z.string(), hash: hash32Schema, status: z.string() })),
    planDigest: hash32Schema,
    previewDigest: hash32Schema,
  }),
);
export type RecoveryResult = z.output<typeof recoveryResultSchema>;
