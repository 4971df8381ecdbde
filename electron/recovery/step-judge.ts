/** Decides of open steps, before anything is sent, which are done already, which can't be done, and which go out. */
import { DeskError } from '../../shared/errors.ts';
import type { StepEnd } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { Postcondition } from '../protocols/recovery-protocol.ts';
import { stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { stepEnded } from './step-end.ts';

/** A step that may be sent, with the gas that it was estimated to take. */
export interface Sendable {
  readonly step: PlanStep;
  readonly gas: bigint;
}

/** Steps whose failure holds nothing else. */
export function isIndependent(step: PlanStep): boolean {
  return step.role === 'token' || step.role === 'contain' || step.role === 'release';
}

function refuse(
  run: Run,
  step: PlanStep,
  end: StepEnd,
  code: 'RECOVERED_ELSEWHERE' | 'STATE_CONFLICT' | 'STEP_REVERTED',
): void {
  if (isIndependent(step)) {
    stepEnded(run, step, end);
    return;
  }
  throw new DeskError(code, {
    message: end.message ?? 'The step cannot be done.',
    remedy: end.remedy ?? 'Run a new preview.',
    retry: 'safe',
  });
}

function refuseImpossible(
  run: Run,
  step: PlanStep,
  judged: Extract<Postcondition, { kind: 'impossible' }>,
): void {
  const { reason, message, remedy } = judged;
  if (reason === 'RECOVERED_ELSEWHERE') {
    // Tokens follow the link: once it names another, none of them may be acted on.
    throw new DeskError('RECOVERED_ELSEWHERE', { message, remedy, retry: 'never' });
  }
  refuse(run, step, { state: 'failed', reason, message, remedy }, 'STATE_CONFLICT');
}

/** Lifts only a freeze that this recovery set, and only where the token was recovered (DESIGN 4). */
function releaseIsDue(run: Run, step: PlanStep): string | null {
  const rows = stepsNow(run.snapshot());
  const of = (role: PlanStep['role']): PlanStep | undefined =>
    run.plan.steps.find((candidate) => candidate.role === role && candidate.token === step.token);
  const contain = of('contain');
  const token = of('token');
  const set = contain === undefined ? undefined : rows.get(contain.name);
  const recovered = token === undefined ? undefined : rows.get(token.name);
  const byUs = run
    .snapshot()
    .transactions.some((tx) => tx.step === contain?.name && tx.purpose === 'call' && tx.succeeded === true);
  if (set?.state !== 'done' || !byUs) return 'the freeze was not set by this recovery';
  if (recovered?.state !== 'done') return 'the token was not recovered: the lost wallet stays frozen';
  return null;
}

function skipReleases(run: Run, steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.filter((step) => {
    const why = step.role === 'release' ? releaseIsDue(run, step) : null;
    if (why === null) return true;
    stepEnded(run, step, { state: 'skipped', message: why });
    return false;
  });
}

/** A static call and an estimate; what the contract refuses ends here without cost. */
async function tryOut(run: Run, step: PlanStep): Promise<Sendable | null> {
  const { chain, signer } = run.context;
  try {
    const tried = await chain.staticCall(step.call, signer.address);
    const estimate = tried.ok ? await chain.estimateGas(step.call, signer.address) : tried;
    if (estimate.ok && 'gas' in estimate) return { step, gas: estimate.gas };
    if (estimate.ok) return null;
    const explained = run.system.explainRevert(step, estimate.revert, estimate.message);
    refuse(run, step, { state: 'failed', ...explained }, 'STEP_REVERTED');
    return null;
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'RPC_ERROR' || !isIndependent(step)) throw error;
    refuse(
      run,
      step,
      {
        state: 'failed',
        reason: 'RPC_ERROR',
        message: error.message,
        remedy: `${error.remedy} Then retry this token.`,
      },
      'STEP_REVERTED',
    );
    return null;
  }
}

/**
 * Judges open steps by the chain and ends those that need no transaction.
 * @returns the steps to send.
 * @throws DeskError RECOVERED_ELSEWHERE, STATE_CONFLICT, STEP_REVERTED where everything rests on the step.
 */
export async function judgeOpen(
  run: Run,
  steps: readonly PlanStep[],
  judge: (steps: readonly PlanStep[]) => Promise<readonly Postcondition[]>,
): Promise<readonly Sendable[]> {
  const due = skipReleases(run, steps);
  const judged = await judge(due);
  const open = due.filter((step, index) => {
    const verdict = judged[index];
    if (verdict?.kind === 'done')
      stepEnded(run, step, { state: 'done', outcome: { before: true, found: verdict.outcome } });
    if (verdict?.kind === 'impossible') refuseImpossible(run, step, verdict);
    return verdict?.kind === 'open';
  });
  const tried = await Promise.all(open.map((step) => tryOut(run, step)));
  return tried.flatMap((sendable) => sendable ?? []);
}
