/** Ends a step in the journal, once, and tells it. */
import type { StepEnd } from '../../shared/journal.ts';
import { tokensOf } from '../../shared/plan.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { stepRow } from './engine-context.ts';
import type { Run } from './engine-context.ts';

export function stepEnded(run: Run, step: PlanStep, end: StepEnd): void {
  const row = stepRow(run, step);
  if (row.state === 'pending') run.context.journal.startStep(run.id, step.name, row.attempt, null);
  run.context.journal.finishStep(run.id, step.name, row.attempt, end);
  run.context.checkpoint(`ended:${step.phase}`);
  if (step.role !== 'token') return;
  const steps = run.plan.steps.filter((other) => other.role === 'token');
  const index = steps.findIndex((other) => other.name === step.name);
  const token = tokensOf(run.plan).find(({ address }) => address === step.token);
  if (token === undefined) return;
  run.context.progress({
    kind: 'token',
    index: index + 1,
    total: steps.length,
    token: token.address,
    symbol: token.symbol,
    outcome: end.state === 'done' ? 'recovered' : 'failed',
    ...(end.message === undefined ? {} : { message: end.message }),
  });
}
