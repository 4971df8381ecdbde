/** Whoever looks at the log finds that a plan was to be carried out, and why it was not. */
import { asDeskError } from '../../shared/errors.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { EngineContext } from './engine-context.ts';

/**
 * Does the work; where it is refused, that is written down first. What only failed, as a network does, refused nothing.
 * @throws whatever the work throws.
 */
export async function auditingRefusal<T>(
  { executionRefused }: Pick<EngineContext, 'executionRefused'>,
  planDigest: Hex,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const { code, group } = asDeskError(thrown);
    if (group !== 'failed') executionRefused(planDigest, code);
    throw thrown;
  }
}

/**
 * The stored plan of a recovery that is to be gone on with; one that was altered since is refused like any other.
 * @returns null where there is none.
 * @throws DeskError PLAN_ALTERED
 */
export function planToGoOnWith(
  { plans, executionRefused }: Pick<EngineContext, 'plans' | 'executionRefused'>,
  planDigest: Hex,
): Plan | null {
  try {
    return plans.get(planDigest);
  } catch (thrown) {
    executionRefused(planDigest, asDeskError(thrown).code);
    throw thrown;
  }
}
