/** Leaves out coin that a replacement has by now, whoever gave it. */
import type { PlanStep } from '../../shared/plan.ts';
import type { ChainView } from '../protocols/recovery-protocol.ts';
import type { Run } from './engine-context.ts';
import { valueOf } from './funds.ts';
import { stepEnded } from './step-end.ts';

/** Somebody may have sent a replacement coin since the plan was made: what it has is not given once more. */
export async function skipGiven(
  run: Run,
  steps: readonly PlanStep[],
  { reader }: ChainView,
): Promise<readonly PlanStep[]> {
  const due: PlanStep[] = [];
  for (const step of steps) {
    const has = step.role === 'fund' && (await reader.balance(step.call.to)) >= valueOf(step);
    if (has) stepEnded(run, step, { state: 'skipped', message: 'the replacement has that much by now' });
    else due.push(step);
  }
  return due;
}
