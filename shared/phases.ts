/** The phases of a recovery, in the order in which they are reported (DESIGN 4). */
export const PHASES = [
  'create_wallet',
  'revoke_sessions',
  'contain',
  'create_identity',
  'recover_identity',
  'recover_tokens',
  'link_participant',
  'reset_mfa',
  'verify',
] as const;

export type PhaseName = (typeof PHASES)[number];

/** The phases of an issue of claims, which is an action of its own and no part of a recovery. */
export const CLAIM_PHASES = ['sign_claims', 'issue_claims'] as const;

/** Every phase that a step of the journal can be of. */
export const STEP_PHASES = [...PHASES, ...CLAIM_PHASES] as const;
export type StepPhase = (typeof STEP_PHASES)[number];

export const PHASE_STATUSES = ['pending', 'running', 'done', 'partly', 'failed', 'skipped'] as const;

export type PhaseStatus = (typeof PHASE_STATUSES)[number];

/**
 * Where a recovery stands. The last four are ends; `stopped` and `waiting` have a way on. `cancelled` is an end before
 * the point of no return; `failed` one before it too, or one where the chain shows for good that the person was not
 * and cannot be linked to the replacement, once nothing of the recovery is under way.
 */
export const RECOVERY_STATUSES = [
  'running',
  'waiting',
  'stopped',
  'cancelled',
  'failed',
  'completed',
  'completed_with_token_failures',
] as const;

export type RecoveryStatus = (typeof RECOVERY_STATUSES)[number];

const ENDED: readonly RecoveryStatus[] = [
  'cancelled',
  'failed',
  'completed',
  'completed_with_token_failures',
];

export function hasEnded(status: RecoveryStatus): boolean {
  return ENDED.includes(status);
}

export const TOKEN_FAILURE_REASONS = [
  'TOKEN_PAUSED',
  'CUSTODIAN_PERMISSION_MISSING',
  'NO_RECOVERABLE_TOKENS',
  'BALANCE_MOVED',
  'RECOVERED_ELSEWHERE',
  'RPC_ERROR',
  /** A token goes the holder's way, and the replacement's key is not open here, or it cannot pay for the gas. */
  'REPLACEMENT_CANNOT_SEND',
  'UNKNOWN',
] as const;

export type TokenFailureReason = (typeof TOKEN_FAILURE_REASONS)[number];
