/** Decides of open steps, before anything is sent, which are done already, which can't be done, and which go out. */
import { DeskError } from '../../shared/errors.ts';
import { isUnsettled } from '../../shared/journal.ts';
import type { StepEnd } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { goesHoldersWay } from '../../shared/holders-way.ts';
import type { Chain } from '../chain/types.ts';
import type { ChainView, Postcondition } from '../protocols/recovery-protocol.ts';
import { judgeSurely } from './certainty.ts';
import type { Judged } from './certainty.ts';
import { isEnded, stepRow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { skipGiven } from './given-before.ts';
import { judgeAt, stepBeside } from './links.ts';
import { endsAll, isIndependent } from './base-steps.ts';
import { frozenByUs } from './own-freezes.ts';
import { bySigner } from './slots.ts';
import { stepEnded } from './step-end.ts';
import { nextLook } from './under-way.ts';

/** A step that may be sent, with the gas that it was estimated to take. */
export interface Sendable {
  readonly step: PlanStep;
  readonly gas: bigint;
}

function refuse(
  run: Run,
  step: PlanStep,
  end: StepEnd,
  code: 'RECOVERED_ELSEWHERE' | 'STATE_CONFLICT' | 'STEP_REVERTED',
): void {
  if (!endsAll(run, step)) {
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
  const code = reason === 'RECOVERED_ELSEWHERE' ? reason : 'STATE_CONFLICT';
  refuse(run, step, { state: 'failed', reason, message, remedy }, code);
}

/**
 * Lifts only a freeze that this recovery set, and only where the token was recovered (DESIGN 4). That nobody else set one
 * since is for the chain to say.
 */
function releaseIsDue(run: Run, step: PlanStep): string | null {
  const contain = stepBeside(run.plan, step, 'contain');
  const token = stepBeside(run.plan, step, 'token');
  if (contain === undefined || !frozenByUs(run.snapshot(), contain))
    return 'the freeze was not set by this recovery';
  const recovered = token === undefined ? undefined : stepRow(run, token);
  if (recovered?.state !== 'done') return 'the token was not recovered: the lost wallet stays frozen';
  return null;
}

/** A replacement is given coin only while it has something left to sign. */
function fundIsDue(run: Run, step: PlanStep): string | null {
  const own = run.plan.steps.filter((other) => other.signer === step.wallet && goesHoldersWay(other));
  return own.every((other) => isEnded(stepRow(run, other)))
    ? 'the replacement has nothing left to sign'
    : null;
}

/** Why nobody needs the step; null where it is due. */
function needlessBecause(run: Run, step: PlanStep): string | null {
  if (step.role === 'release') return releaseIsDue(run, step);
  return step.role === 'fund' ? fundIsDue(run, step) : null;
}

export function skipNeedless(run: Run, steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.filter((step) => {
    const why = needlessBecause(run, step);
    if (why === null) return true;
    stepEnded(run, step, { state: 'skipped', message: why });
    return false;
  });
}

/** How many times the usual gas of its kind a step may take: one costly token must not use up what all have. */
const OUTSIZE = 10n;

function isOutsize(run: Run, step: PlanStep, gas: bigint): boolean {
  // Whoever confirmed a higher bound has looked at what the rest costs.
  if (run.context.confirmedBounds.has(run.id)) return false;
  return isIndependent(step) && gas > run.system.typicalGas(step) * OUTSIZE;
}

function outsize(gas: bigint): StepEnd {
  return {
    state: 'failed',
    reason: 'UNKNOWN',
    message: `The token asks for ${gas} gas, far more than such a step takes. It was not sent.`,
    remedy: 'Ask the token administrator why. To send it all the same, resume with a higher --highest-cost.',
  };
}

type Tried =
  | { readonly kind: 'sendable'; readonly gas: bigint }
  | { readonly kind: 'refused'; readonly by: 'call' | 'estimate' | 'node'; readonly end: StepEnd };

/** How often an estimate that contradicts the call is asked for again. */
const ESTIMATE_LOOKS = 2;

/** The gas of a call that goes through: a refusal may come from an endpoint that lags, so it is asked for again. */
async function estimate(run: Run, step: PlanStep): ReturnType<Chain['estimateGas']> {
  const { chain } = run.context;
  let answer = await chain.estimateGas(step.call, step.signer);
  for (let look = 0; look < ESTIMATE_LOOKS && !answer.ok; look += 1) {
    await nextLook(run, (await chain.head()).number);
    answer = await chain.estimateGas(step.call, step.signer);
  }
  return answer;
}

/** A static call and an estimate; what the contract refuses ends here without cost. */
async function tryOut(run: Run, step: PlanStep): Promise<Tried> {
  try {
    // The call first: its answer carries the revert on every node, an estimate's does not.
    const called = await run.context.chain.staticCall(step.call, step.signer);
    const answer = called.ok ? await estimate(run, step) : called;
    if (answer.ok && isOutsize(run, step, answer.gas))
      return { kind: 'refused', by: 'estimate', end: outsize(answer.gas) };
    if (answer.ok) return { kind: 'sendable', gas: answer.gas };
    const explained = run.system.explainRevert(step, answer.revert, answer.message);
    return { kind: 'refused', by: called.ok ? 'estimate' : 'call', end: { state: 'failed', ...explained } };
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'RPC_ERROR' || !isIndependent(step)) throw error;
    const remedy = `${error.remedy} Then retry this token.`;
    const end: StepEnd = { state: 'failed', reason: 'RPC_ERROR', message: error.message, remedy };
    return { kind: 'refused', by: 'node', end };
  }
}

/** A link that did not come about: that its tokens are refused is no surprise. */
function isRefused(run: Run, step: PlanStep): boolean {
  return stepRow(run, step).state === 'failed';
}

/**
 * A refusal counts only if nothing happened since the steps were judged: a reorg may have taken the link that tokens
 * ask for, and somebody may have moved a balance. Nor does one that an endpoint gave for an older block than its head.
 * @throws DeskError BLOCK_CHANGED where they must be judged anew.
 */
async function assertJudgedStill(
  run: Run,
  refused: readonly PlanStep[],
  byCall: readonly PlanStep[],
): Promise<void> {
  const tokens = refused.filter((step) => step.role === 'token');
  const relink = run.plan.steps.filter(
    (step) =>
      step.role === 'relink' && tokens.some(({ wallet }) => wallet === step.wallet) && !isRefused(run, step),
  );
  const view = await viewAt(run);
  const judged = await judgeAt(run, view, [...relink, ...refused]);
  const linked = judged.slice(0, relink.length).every((verdict) => verdict.kind !== 'open');
  const stillOpen = judged.slice(relink.length).every((verdict) => verdict.kind === 'open');
  const again = await Promise.all(
    [...bySigner(byCall)].map(([signer, own]) =>
      view.reader.calls(
        own.map((step) => step.call),
        signer,
      ),
    ),
  );
  if (linked && stillOpen && again.flat().every((answer) => !answer.ok)) return;
  throw new DeskError('BLOCK_CHANGED', {
    message: 'The chain changed while the next steps were judged. They are judged again.',
    remedy: 'Nothing needs doing.',
    retry: 'safe',
  });
}

/**
 * Nothing is begun that cannot end well: the link must still be ours to make.
 * @throws DeskError RECOVERED_ELSEWHERE, STATE_CONFLICT.
 */
export async function assertReachable(run: Run): Promise<void> {
  const links = run.plan.steps.filter((step) => step.role === 'relink' && !isEnded(stepRow(run, step)));
  if (links.length === 0) return;
  const { sure } = await judgeSurely(run, links, await viewAt(run));
  for (const { step, verdict } of sure) {
    if (verdict.kind === 'impossible') refuseImpossible(run, step, verdict);
  }
}

/** Ends a step that the chain shows to be done, not to be possible any more, or not to be ours to do. */
export function endByVerdict(run: Run, { step, verdict }: Judged): void {
  if (verdict.kind === 'done')
    stepEnded(run, step, { state: 'done', outcome: { before: true, found: verdict.outcome } });
  if (verdict.kind === 'impossible') refuseImpossible(run, step, verdict);
  if (verdict.kind === 'not_ours') stepEnded(run, step, { state: 'skipped', message: verdict.message });
}

/** Whether nothing of the step's attempt was reserved or sent: no end of it is overtaken by a transaction of ours. */
function isUntouched(run: Run, step: PlanStep): boolean {
  const { name, attempt } = stepRow(run, step);
  return run.context.journal
    .stepTransactions(run.id, name, attempt)
    .every((row) => row.state === 'intended' || !isUnsettled(row.state));
}

/**
 * Ends steps that nobody signs in this run where the chain shows for good that nothing is left to do, or can be; and
 * tokens that refuse their signer by now: whoever is gone for good would be waited for without end, and who is back
 * retries them. What else they would have to do is looked at when they are here.
 * @throws DeskError RECOVERED_ELSEWHERE, STATE_CONFLICT where everything rests on the step.
 */
export async function judgeOthers(run: Run, steps: readonly PlanStep[]): Promise<void> {
  const due = skipNeedless(run, steps);
  if (due.length === 0) return;
  const { sure } = await judgeSurely(run, due, await viewAt(run));
  for (const judged of sure) endByVerdict(run, judged);
  const open = sure.flatMap(({ step, verdict }) => (verdict.kind === 'open' ? [step] : []));
  await refuseUncallable(
    run,
    open.filter((step) => step.role === 'token' && isUntouched(run, step)),
  );
}

/** Ends steps whose calls their signer cannot get through any more, without cost, as when they were to be sent here. */
export async function refuseUncallable(run: Run, steps: readonly PlanStep[]): Promise<void> {
  const { chain } = run.context;
  const called = await Promise.all(steps.map((step) => chain.staticCall(step.call, step.signer)));
  const refused = steps.filter((_, index) => called[index]?.ok === false);
  if (refused.length === 0) return;
  await assertJudgedStill(run, refused, refused);
  for (const [index, step] of steps.entries()) {
    const answer = called[index];
    if (answer === undefined || answer.ok) continue;
    const explained = run.system.explainRevert(step, answer.revert, answer.message);
    refuse(run, step, { state: 'failed', ...explained }, 'STEP_REVERTED');
  }
}

/** What came of judging: steps to send, and steps whose end is not final yet. */
export interface Judgement {
  readonly sendable: readonly Sendable[];
  readonly waits: readonly PlanStep[];
}

/**
 * Judges open steps by the chain and ends those that need no transaction.
 * @throws DeskError RECOVERED_ELSEWHERE, STATE_CONFLICT, STEP_REVERTED where everything rests on the step; BLOCK_CHANGED.
 */
export async function judgeOpen(run: Run, steps: readonly PlanStep[], view: ChainView): Promise<Judgement> {
  const due = await skipGiven(run, skipNeedless(run, steps), view);
  const { sure, waits } = await judgeSurely(run, due, view);
  for (const judged of sure) endByVerdict(run, judged);
  const open = sure.flatMap(({ step, verdict }) => (verdict.kind === 'open' ? [step] : []));
  // Nothing is written before all have answered: an answer that ends the run must be its last word.
  const tried = await Promise.all(open.map((step) => tryOut(run, step)));
  const refused = open.filter((_, index) => tried[index]?.kind === 'refused');
  const byCall = open.filter((_, index) => {
    const verdict = tried[index];
    return verdict?.kind === 'refused' && verdict.by === 'call';
  });
  if (refused.length > 0) await assertJudgedStill(run, refused, byCall);
  const sendable = open.flatMap((step, index) => {
    const verdict = tried[index];
    if (verdict?.kind === 'sendable') return [{ step, gas: verdict.gas }];
    if (verdict !== undefined) refuse(run, step, verdict.end, 'STEP_REVERTED');
    return [];
  });
  return { sendable, waits };
}
