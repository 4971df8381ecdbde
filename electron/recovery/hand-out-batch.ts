/** Which calls go out together: people sign a batch once, and nothing stands between the link and the tokens in it. */
import type { Address } from '../../shared/address.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { isEnded, stepRow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { stepBeside, tokensBefore } from './links.ts';
import { frozenByUs } from './own-freezes.ts';
import { handedOut } from './presence.ts';

/** Calls of a batch: well under the gas that a block takes. */
const MOST_CALLS = 40;

/** Steps that may follow the first ones in one batch, as far as what is walked before them is through by then. */
function candidates(run: Run, signer: Address, first: readonly PlanStep[]): readonly PlanStep[] {
  const open = run.plan.steps.filter((step) => !isEnded(stepRow(run, step)));
  const snapshot = run.snapshot();
  const together = new Set(first.map(({ name }) => name));
  const isThrough = (...roles: readonly PlanStep['role'][]): boolean =>
    open.every((step) => !roles.includes(step.role) || together.has(step.name));
  const mayFollow = (step: PlanStep): boolean => {
    // What is linked to a smart account waits until that is seen to be there.
    const made = open.every((other) => other.role !== 'prepare' || other.phase !== 'create_wallet');
    if (step.role === 'relink') return made && isThrough('contain', 'prepare');
    if (step.role === 'token') {
      const before = tokensBefore(run.plan, step);
      const brought = before.every((other) => !open.includes(other) || together.has(other.name));
      return brought && made && isThrough('contain', 'prepare', 'relink');
    }
    if (step.role === 'move') return isThrough('contain', 'prepare', 'relink', 'token');
    if (step.role !== 'release') return false;
    const [contain, token] = [stepBeside(run.plan, step, 'contain'), stepBeside(run.plan, step, 'token')];
    if (contain === undefined || token === undefined) return false;
    return together.has(token.name) && (together.has(contain.name) || frozenByUs(snapshot, contain));
  };
  const out = new Set(handedOut(run, open));
  const following: PlanStep[] = [];
  for (const step of open) {
    const isNew = !together.has(step.name) && !out.has(step);
    if (step.signer !== signer || !isNew || !mayFollow(step)) continue;
    together.add(step.name);
    following.push(step);
  }
  return following;
}

/**
 * The first steps, which would go through now, with those that a simulation on top of them lets through. A node that has
 * none shows nothing beforehand: then the rest goes out when these are done.
 */
export async function batchOf(
  run: Run,
  signer: Address,
  first: readonly PlanStep[],
): Promise<readonly PlanStep[]> {
  const { chain } = run.context;
  const following = candidates(run, signer, first);
  const steps = [...first, ...following].slice(0, MOST_CALLS);
  if (following.length === 0) return steps;
  const simulated = await chain.simulate(
    steps.map((step) => step.call),
    signer,
    await chain.head(),
  );
  if (simulated === null) return first.slice(0, MOST_CALLS);
  const goes = new Set(steps.filter((_, index) => simulated[index]?.ok === true).map(({ name }) => name));
  const isLinked = steps.every((step) => step.role !== 'relink' || goes.has(step.name));
  const tokenGoes = (step: PlanStep): boolean => {
    const token = stepBeside(run.plan, step, 'token');
    return token !== undefined && steps.includes(token) && goes.has(token.name);
  };
  /** What is left out now may go later: it would stay where the batch had passed through before. */
  const isBrought = (step: PlanStep): boolean =>
    tokensBefore(run.plan, step).every(
      (other) => isEnded(stepRow(run, other)) || (steps.includes(other) && goes.has(other.name)),
    );
  return steps.filter(
    (step) =>
      first.includes(step) ||
      (goes.has(step.name) && isLinked && isBrought(step) && (step.role !== 'release' || tokenGoes(step))),
  );
}
