/** The result document of a recovery (DESIGN 6): what `recover`, `resume` and `demo` answer with `--json`. */
import type { Address } from './address.ts';
import type { ProtocolKind } from './network-profile.ts';
import type { PhaseName, PhaseStatus, RecoveryStatus, TokenFailureReason } from './phases.ts';
import type { Hex } from './values.ts';

export interface TokenFailure {
  readonly token: Address;
  readonly symbol: string;
  readonly reason: TokenFailureReason;
  readonly message: string;
  readonly remedy: string;
}

export interface PhaseReport {
  readonly name: PhaseName;
  readonly status: PhaseStatus;
  readonly reason?: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

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
  'HAND_OVER_WALLET',
  'LISTS_AND_SETTLEMENTS',
  'VERIFY_BY_HAND',
] as const;

export interface FollowUp {
  readonly code: (typeof FOLLOW_UP_CODES)[number];
  readonly message: string;
}

export interface RecoveryResult {
  readonly status: RecoveryStatus;
  /** Why it waits, stopped or failed, and the way on. */
  readonly reason?: { readonly code: string; readonly message: string; readonly remedy: string };
  readonly recoveryId: string;
  readonly protocol: ProtocolKind;
  readonly chainId: number;
  readonly practice: boolean;
  readonly lostWallet: Address;
  readonly replacementWallet: Address;
  readonly replacementIdentity: Address;
  readonly wallets: readonly {
    readonly lost: Address;
    readonly replacement: Address;
    readonly identity: Address;
  }[];
  readonly tokens: {
    readonly total: number;
    readonly recovered: number;
    readonly failed: number;
    readonly failures: readonly TokenFailure[];
  };
  readonly phases: readonly PhaseReport[];
  readonly followUps: readonly FollowUp[];
  readonly transactions: readonly { readonly step: string; readonly hash: Hex; readonly status: string }[];
  readonly planDigest: Hex;
  readonly previewDigest: Hex;
}
