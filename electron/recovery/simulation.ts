/** Runs the planned steps on top of a block without sending anything, to learn outcomes and gas beforehand. */
import type { Address } from '../../shared/address.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { BlockRef, Chain, SimulatedCall } from '../chain/types.ts';

/** Tokens a simulated run: well under the gas that nodes allow one simulation. */
const TOKENS_PER_RUN = 40;

export type StepSimulation = ReadonlyMap<string, SimulatedCall>;

/** Token steps with the freeze set before and lifted after them; each run starts with the steps all rest on. */
function runs(steps: readonly PlanStep[]): readonly (readonly PlanStep[])[] {
  const base = steps.filter((step) => step.role === 'prepare' || step.role === 'relink');
  const moves = steps.filter((step) => step.role === 'move');
  const tokens = [...new Set(steps.flatMap(({ role, token }) => (role === 'token' ? [token] : [])))];
  if (tokens.length === 0) return [[...base, ...moves]];
  const chunks = Array.from({ length: Math.ceil(tokens.length / TOKENS_PER_RUN) }, (_, index) =>
    tokens.slice(index * TOKENS_PER_RUN, (index + 1) * TOKENS_PER_RUN),
  );
  return chunks.map((chunk, index) => {
    // Of one token all that is done: what one wallet brings to another goes on from there.
    const of = (role: PlanStep['role']): readonly PlanStep[] =>
      steps.filter((step) => step.role === role && chunk.includes(step.token));
    const once = index === 0 ? moves : [];
    return [...of('contain'), ...base, ...of('token'), ...once, ...of('release')];
  });
}

/** What each step would do after those before it; null where the node cannot simulate. */
export async function simulateSteps(
  chain: Chain,
  steps: readonly PlanStep[],
  operator: Address,
  at: BlockRef,
): Promise<StepSimulation | null> {
  if (steps.length === 0) return new Map();
  const results = new Map<string, SimulatedCall>();
  for (const run of runs(steps)) {
    const simulated = await chain.simulate(
      run.map((step) => ({ ...step.call, from: step.signer })),
      operator,
      at,
    );
    if (simulated === null) return null;
    run.forEach((step, index) => {
      const call = simulated[index];
      if (call !== undefined) results.set(step.name, call);
    });
  }
  return results;
}
