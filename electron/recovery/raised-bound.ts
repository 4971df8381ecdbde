/** A higher cost bound, confirmed by the operator for a recovery whose plan's bound did not do. */
import { DeskError } from '../../shared/errors.ts';
import type { RecoveryRow } from '../../shared/journal.ts';
import type { Plan } from '../../shared/plan.ts';
import type { EngineContext } from './engine-context.ts';
import { assertConfirmed } from './confirmation.ts';

export interface RaisedBound {
  /** Wei that the whole recovery may cost, with what it has cost so far. */
  readonly highestCost: string;
  readonly typed: string;
}

/** Wei that the bound was raised to by an earlier run; null where none did, or the audit log does not tell of it. */
export function auditedRaise(
  { auditedRaises }: Pick<EngineContext, 'auditedRaises'>,
  { id, highestCost }: RecoveryRow,
): bigint | null {
  return highestCost !== null && auditedRaises.tells(id, highestCost) ? BigInt(highestCost) : null;
}

/** What an earlier run was allowed may be spent already: less would not do, and the same is confirmed again. */
function assertHigher(context: EngineContext, plan: Plan, recovery: RecoveryRow, highestCost: string): void {
  const before = auditedRaise(context, recovery);
  const least = before ?? BigInt(plan.highestCost) + 1n;
  if (BigInt(highestCost) >= least) return;
  throw new DeskError('BAD_USAGE', {
    message: `The recovery was allowed to cost up to ${before ?? plan.highestCost} wei before; ${highestCost} is no higher bound. Nothing was done.`,
    remedy: `Give ${least} wei or more, or resume without a new bound.`,
    retry: 'safe',
  });
}

function assertWithinPolicy(context: EngineContext, highestCost: string): void {
  const allowed = context.policy.highestCostWei;
  if (allowed === null || BigInt(highestCost) <= BigInt(allowed)) return;
  throw new DeskError('BLOCKED', {
    message: `Policy allows a recovery to cost ${allowed} wei, and ${highestCost} were asked for. Nothing was done.`,
    remedy: 'Wait for lower network fees, or have the policy changed by its owner.',
    retry: 'never',
  });
}

/**
 * The bound is over what all sign together: who began the recovery answers for it. Whoever does a part of it confirms to
 * their own run the bound that was confirmed before, and no other.
 */
function assertMayAnswer(context: EngineContext, recovery: RecoveryRow, highestCost: string): void {
  const { id, operator } = recovery;
  const { own } = context.signers;
  if (own === operator || auditedRaise(context, recovery) === BigInt(highestCost)) return;
  throw new DeskError('OPERATOR_DIFFERS', {
    message: `A higher bound for recovery ${id} is confirmed by ${operator}, who began it, and this is the key of ${own}. Nothing was done.`,
    remedy: `Have ${operator} confirm it first: resume ${id} --highest-cost ${highestCost}. Then confirm that very bound; or resume without a new one.`,
    retry: 'never',
  });
}

/** @throws DeskError OPERATOR_DIFFERS, CONFIRMATION_WRONG, BAD_USAGE, BLOCKED. */
export function assertMayRaise(
  context: EngineContext,
  plan: Plan,
  recovery: RecoveryRow,
  { highestCost, typed }: RaisedBound,
): void {
  assertMayAnswer(context, recovery, highestCost);
  assertHigher(context, plan, recovery, highestCost);
  assertWithinPolicy(context, highestCost);
  assertConfirmed(plan, typed);
}
