/**
 * What this desk still needs a wallet for, in whichever recovery to it: while there is anything, nothing of it leaves. It
 * reads and decides; who is refused, and in which words, is the hand-over's.
 */
import type { Address } from '../../shared/address.ts';
import type { HandOverOf, HandOverRow, HandOverView } from '../../shared/hand-over.ts';
import { isHoldersOwn, leftToRecover, symbolsOfSteps } from '../../shared/holders-way.ts';
import type { Journal, RecoveryRow, RecoverySnapshot } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import { stepsNow } from './engine-context.ts';
import type { PlanStore } from './needs.ts';

interface NeededContext {
  readonly journal: Pick<Journal, 'read' | 'recoveriesTo'>;
  readonly plans: Pick<PlanStore, 'get'>;
}

/** What a wallet has not recovered itself in one recovery. */
export interface LeftIn {
  readonly recoveryId: string;
  readonly plan: Plan;
  /** At least one. */
  readonly steps: readonly PlanStep[];
}

export interface StillNeeded {
  /** Other recoveries to the wallet that have not ended: each proves it before it makes anything rest on it. */
  readonly underWay: readonly RecoveryRow[];
  /** Newest recovery first. */
  readonly left: readonly LeftIn[];
}

interface RecoveryTo {
  readonly snapshot: RecoverySnapshot;
  readonly plan: Plan;
}

/** Newest first. @throws DeskError PLAN_ALTERED */
function recoveriesTo({ journal, plans }: NeededContext, wallet: Address): readonly RecoveryTo[] {
  return journal.recoveriesTo(wallet).flatMap(({ id, planDigest }) => {
    const snapshot = journal.read(id);
    const plan = plans.get(planDigest);
    return snapshot === null || plan === null ? [] : [{ snapshot, plan }];
  });
}

/** What a wallet replaces in a plan, on its network. */
function replacedIn({ snapshot, plan }: RecoveryTo, wallet: Address): readonly string[] {
  return walletsOf(plan).flatMap(({ lostWallet, replacement }) =>
    replacement.address === wallet ? [`${snapshot.recovery.chainId}:${lostWallet}`] : [],
  );
}

/**
 * Those in which the wallet may still sign: each that has not ended, and of those that completed, whose failed tokens may
 * be retried, the newest of each lost wallet. What was cancelled or has failed is retried by nobody.
 */
function signingIn(newestFirst: readonly RecoveryTo[], wallet: Address): readonly RecoveryTo[] {
  const again = new Set<string>();
  return newestFirst.filter((one) => {
    const { status } = one.snapshot.recovery;
    if (!hasEnded(status)) return true;
    if (!status.startsWith('completed')) return false;
    const replaced = replacedIn(one, wallet);
    const isNewest = replaced.some((key) => !again.has(key));
    for (const key of replaced) again.add(key);
    return isNewest;
  });
}

/** @param rows everything that happened to the wallet. @throws DeskError PLAN_ALTERED */
export function stillNeeded(
  context: NeededContext,
  { recoveryId, wallet }: HandOverOf,
  rows: readonly HandOverRow[],
): StillNeeded {
  const all = recoveriesTo(context, wallet);
  const underWay = all.flatMap(({ snapshot: { recovery } }) =>
    recovery.id === recoveryId || hasEnded(recovery.status) ? [] : [recovery],
  );
  if (isHoldersOwn(rows, wallet)) return { underWay, left: [] };
  const left = signingIn(all, wallet).flatMap(({ snapshot, plan }) => {
    const steps = leftToRecover(plan, stepsNow(snapshot), wallet);
    return steps.length === 0 ? [] : [{ recoveryId: snapshot.recovery.id, plan, steps }];
  });
  return { underWay, left };
}

/** As a view tells it. */
export function neededOf({
  underWay,
  left,
}: StillNeeded): Pick<HandOverView, 'toRecover' | 'toRecoverIn' | 'underWay'> {
  const symbols = new Set(left.flatMap(({ plan, steps }) => symbolsOfSteps(plan, steps)));
  return {
    ...(left.length === 0
      ? {}
      : { toRecover: [...symbols], toRecoverIn: left.map(({ recoveryId }) => recoveryId) }),
    ...(underWay.length === 0 ? {} : { underWay: underWay.map(({ id }) => id) }),
  };
}
