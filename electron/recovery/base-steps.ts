/** Which steps of a recovery others rest on, and how much comes to an end with one of them. */
import { walletsOf } from '../../shared/plan.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { minedCall, stepRow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { isPastReturn } from './plan-reserve.ts';

/** Steps whose failure holds nothing else. */
export function isIndependent({ role }: PlanStep): boolean {
  return role !== 'prepare' && role !== 'relink';
}

/**
 * Whether everything rests on the step. Of several lost wallets each rests on its own link alone: once one of them is linked,
 * another that cannot be does not keep it from being recovered.
 */
export function holdsAll(run: Run, step: PlanStep): boolean {
  if (isIndependent(step)) return false;
  if (step.role !== 'relink') return true;
  // A link that stood before is one, too; but not that of a wallet which is recovered to this very one.
  if (walletsOf(run.plan).some(({ adopts, replacement }) => adopts && replacement.control !== 'standing'))
    return false;
  return !run.plan.steps.some((other) => {
    if (other.role !== 'relink' || other.name === step.name) return false;
    const row = stepRow(run, other);
    return row.state === 'done' || minedCall(run, row)?.succeeded === true;
  });
}

/**
 * Whether the recovery stands or ends with the step. From the first irreversible signature on nothing is to be had by ending
 * it for one of several links: as long as another may come about, that one's wallet is recovered.
 */
export function endsAll(run: Run, step: PlanStep): boolean {
  if (!holdsAll(run, step)) return false;
  if (step.role !== 'relink' || !isPastReturn(run)) return true;
  return run.plan.steps.every(
    (other) => other.role !== 'relink' || other.name === step.name || stepRow(run, other).state === 'failed',
  );
}
