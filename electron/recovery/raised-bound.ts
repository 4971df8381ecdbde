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

function assertHigher(plan: Plan, recovery: RecoveryRow, highestCost: string): void {
  const now = recovery.highestCost ?? plan.highestCost;
  if (BigInt(highestCost) > BigInt(now)) return;
  throw new DeskError('BAD_USAGE', {
    message: `The recovery may cost up to ${now} wei already; ${highestCost} is no higher bound. Nothing was done.`,
    remedy: `Give more than ${now} wei, or resume without a new bound.`,
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

/** The bound is over what all sign together: who began the recovery answers for it. */
function assertInitiator({ signers }: EngineContext, { id, operator }: RecoveryRow): void {
  if (signers.own === operator) return;
  throw new DeskError('OPERATOR_DIFFERS', {
    message: `A higher bound for recovery ${id} is confirmed by ${operator}, who began it, and this is the key of ${signers.own}. Nothing was done.`,
    remedy: `Have ${operator} confirm the bound, or resume without a new one.`,
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
  assertInitiator(context, recovery);
  assertHigher(plan, recovery, highestCost);
  assertWithinPolicy(context, highestCost);
  assertConfirmed(plan, typed);
}
