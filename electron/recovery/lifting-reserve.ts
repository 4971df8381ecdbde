/** What is put by of the bound for lifting the freezes that a recovery set itself: a token must not stay frozen by it. */
import type { StepRow, TransactionRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { gasLimitFor } from './cost.ts';
import { callsNow, isEnded, stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { stepBeside } from './links.ts';
import { frozenByUs } from './own-freezes.ts';
import type { Sendable } from './step-judge.ts';

export interface LiftingReserve {
  /** Gas of lifting our freezes on tokens that were sent before. */
  readonly putBy: bigint;
  /** Gas of a step; of a token, with what lifting our freeze on it will take. */
  gasOf(entry: Sendable): bigint;
}

type Weighing = Pick<Run, 'plan' | 'system' | 'snapshot'>;

/** Releases whose freeze is our own, by the name of their token's step; what was handed out is paid for elsewhere. */
function dueReleases(
  { plan }: Weighing,
  transactions: readonly TransactionRow[],
): ReadonlyMap<string, PlanStep> {
  return new Map(
    plan.steps.flatMap((step) => {
      if (step.role !== 'release') return [];
      const contain = stepBeside(plan, step, 'contain');
      const token = stepBeside(plan, step, 'token');
      const ours = contain !== undefined && frozenByUs({ transactions, steps: [] }, contain);
      return ours && token !== undefined ? [[token.name, step] as const] : [];
    }),
  );
}

/** @param now the steps that are being weighed: nothing is put by for them a second time. */
export function liftingReserve(run: Weighing, now: readonly Sendable[]): LiftingReserve {
  const snapshot = run.snapshot();
  const rows: ReadonlyMap<string, StepRow> = stepsNow(snapshot);
  const releases = dueReleases(run, snapshot.transactions);
  const sent = new Set(callsNow(snapshot).map((tx) => tx.step));
  const weighed = new Set(now.map(({ step }) => step.name));
  const gasOfLifting = (release: PlanStep | undefined): bigint =>
    release === undefined ? 0n : gasLimitFor(run.system.typicalGas(release));
  const isOwed = (token: PlanStep): boolean => {
    const release = releases.get(token.name);
    const row = release === undefined ? undefined : rows.get(release.name);
    if (token.role !== 'token' || release === undefined || row === undefined) return false;
    const lifted = isEnded(row) || sent.has(release.name) || weighed.has(release.name);
    const state = rows.get(token.name)?.state;
    // Of a token that is weighed it is part of its own gas.
    const underWay = sent.has(token.name) && state !== 'failed' && !weighed.has(token.name);
    return !lifted && (underWay || state === 'done');
  };
  const owed = run.plan.steps.filter(isOwed);
  return {
    putBy: owed.reduce((sum, token) => sum + gasOfLifting(releases.get(token.name)), 0n),
    gasOf: ({ step, gas }) => {
      const release = releases.get(step.name);
      return gasLimitFor(gas) + gasOfLifting(release);
    },
  };
}
