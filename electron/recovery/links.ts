/** The links that a recovery makes or adopts, one a lost wallet, and what steps are judged by. */
import type { Address } from '../../shared/address.ts';
import { walletOfStep, walletsOf } from '../../shared/plan.ts';
import type { Plan, PlannedWallet, PlanStep } from '../../shared/plan.ts';
import type { ChainView, Execution, Postcondition, StandingLink } from '../protocols/recovery-protocol.ts';
import type { Run } from './engine-context.ts';
import { carriedOut } from './own-freezes.ts';

/** The link of one lost wallet. */
function linkOf(run: Run, wallet: PlannedWallet): StandingLink {
  const { transactions, steps } = run.snapshot();
  const hashes = transactions.flatMap(({ hash }) => hash ?? []);
  return {
    lost: wallet.lostWallet,
    replacement: wallet.replacement.address,
    identity: wallet.replacement.identity,
    movedFrom: wallet.oldIdentity,
    since: run.since.get(wallet.lostWallet) ?? 0,
    ours: new Set([...hashes, ...carriedOut(steps)]),
  };
}

/** Asks for the steps of each lost wallet by its own link. @returns one answer a step, in their order. */
async function byWallet<T>(
  run: Run,
  steps: readonly PlanStep[],
  ask: (own: readonly PlanStep[], link: StandingLink) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const answers = new Map<PlanStep, T>();
  for (const wallet of walletsOf(run.plan)) {
    const own = steps.filter((step) => walletOfStep(run.plan, step) === wallet);
    if (own.length === 0) continue;
    const told = await ask(own, linkOf(run, wallet));
    own.forEach((step, index) => {
      const answer = told[index];
      if (answer !== undefined) answers.set(step, answer);
    });
  }
  return steps.map((step) => {
    if (!answers.has(step)) throw new Error(`nothing was answered for ${step.name}`);
    return answers.get(step) as T;
  });
}

/** One judgement a step, in order, at the view's block. */
export function judgeAt(
  run: Run,
  view: ChainView,
  steps: readonly PlanStep[],
): Promise<readonly Postcondition[]> {
  return byWallet(run, steps, (own, link) => run.system.postconditions(view, own, link));
}

/** By which transaction each step was carried out, in order; null where no log tells of it. */
export function executionsAt(
  run: Run,
  view: ChainView,
  steps: readonly PlanStep[],
): Promise<readonly (Execution | null)[]> {
  return byWallet(run, steps, (own, link) => run.system.executions(view, own, link));
}

/** The step of another role that is about the same lost wallet and token. */
export function stepBeside(
  plan: Plan,
  step: Pick<PlanStep, 'role' | 'wallet' | 'token'>,
  role: PlanStep['role'],
): PlanStep | undefined {
  const wallet = walletOfStep(plan, step);
  return plan.steps.find(
    (other) => other.role === role && other.token === step.token && walletOfStep(plan, other) === wallet,
  );
}

/** How many recoveries of the plan bring the step's token to its lost wallet, one after the other. */
function hopsBefore(plan: Plan, step: PlanStep, seen: readonly PlanStep[] = []): number {
  const before = tokensBefore(plan, step).filter((other) => !seen.includes(other));
  return before.reduce((most, other) => Math.max(most, 1 + hopsBefore(plan, other, [...seen, step])), 0);
}

/**
 * The token steps, those first whose balance goes on from there: a later one takes along what an earlier one brought.
 * Other tokens of the same wallet do not wait for that: whoever has the key may move them meanwhile.
 */
export function tokenWaves(plan: Plan): readonly (readonly PlanStep[])[] {
  const waves: PlanStep[][] = [];
  for (const step of plan.steps) {
    if (step.role !== 'token') continue;
    const hops = hopsBefore(plan, step);
    while (waves.length <= hops) waves.push([]);
    waves[hops]?.push(step);
  }
  return waves.filter((wave) => wave.length > 0);
}

/** Token steps that have to be through before this one: they bring the same token to its lost wallet. */
export function tokensBefore(plan: Plan, step: PlanStep): readonly PlanStep[] {
  return plan.steps.filter(
    (other) =>
      other.role === 'token' &&
      other.token === step.token &&
      walletOfStep(plan, other).replacement.address === step.wallet,
  );
}

/** The links that the plan makes behind a wallet: of where it is replaced, and on from there. */
export function linksBehind(plan: Plan, wallet: Address, seen: readonly Address[] = []): readonly PlanStep[] {
  const own = walletsOf(plan).find(({ lostWallet }) => lostWallet === wallet);
  if (own === undefined || seen.includes(wallet)) return [];
  const links = plan.steps.filter((step) => step.role === 'relink' && step.wallet === wallet);
  return [...links, ...linksBehind(plan, own.replacement.address, [...seen, wallet])];
}
