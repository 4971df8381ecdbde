/** Sends the steps of a plan in waves: those of one wave do not rest on each other. */
import type { PlanStep } from '../../shared/plan.ts';
import { broadcastSigned, signIntended } from './broadcast.ts';
import { endPastBound } from './budget.ts';
import { assertBaseStands, concludeFinal, minedCall } from './conclusion.ts';
import { assertGoing, isEnded, nextBlock, stepRow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { fillNonce } from './fill.ts';
import { sendSteps } from './sending.ts';
import { assertNothingOver } from './foreign-use.ts';
import { awaitMined } from './mining.ts';
import { isRejected } from './rejected.ts';
import { judgeOpen } from './step-judge.ts';
import type { Sendable } from './step-judge.ts';
import { openIntents, underWay } from './under-way.ts';
import { assertStillFeasible } from './whole-plan.ts';

/** Until every step of the wave has ended, or is mined and waits for its outcome. */
export async function runWave(run: Run, steps: readonly PlanStep[]): Promise<void> {
  /** What did not fit the bound, by step: it ends together, when all that fits is sent. */
  const past = new Map<string, Sendable>();
  for (;;) {
    await concludeFinal(run);
    await assertBaseStands(run, steps);
    const open = steps.filter((step) => {
      const row = stepRow(run, step);
      return !isEnded(row) && minedCall(run, row) === undefined && !isRejected(run, row);
    });
    if (open.length === 0) return;
    assertGoing(run);
    const weighed = open.filter(({ name }) => !past.has(name));
    const came =
      weighed.length > 0
        ? await sendSteps(run, weighed.slice(0, run.context.policy.pendingWindow))
        : await endPastBound(
            run,
            open.flatMap(({ name }) => past.get(name) ?? []),
          );
    if (came.kind === 'past_the_bound') for (const entry of came.steps) past.set(entry.step.name, entry);
    if (came.kind === 'waits_for_finality')
      await nextBlock(run, 'final blocks: what was found done, and what was paid, counts only then');
  }
}

/** Of steps whose transactions are reserved and unsigned, those that are still wanted. */
export type ChooseWanted = (run: Run, steps: readonly PlanStep[]) => Promise<readonly PlanStep[]>;

/** Those that the chain leaves open and does not refuse; stored before or not, nothing is signed for a lost cause. */
export const stillSendable: ChooseWanted = async (run, steps) => {
  if (steps.length > 0) await assertStillFeasible(run);
  const { sendable } = await judgeOpen(run, steps, await viewAt(run));
  return sendable.map((entry) => entry.step);
};

/**
 * What a crash left unsigned: sent as stored where the step is wanted, its nonce filled where it is not.
 * Must run before anything else is sent, for these nonces come first.
 */
export async function resumeIntents(run: Run, choose: ChooseWanted): Promise<void> {
  const intended = openIntents(run);
  if (intended.length === 0) return;
  // What was signed before comes first: a reorg may have taken it while nobody looked, and all else rests on it.
  await awaitMined(run);
  const steps = run.plan.steps.filter((step) => {
    const asked = intended.some((row) => row.step === step.name && row.purpose === 'call');
    return asked && !isEnded(stepRow(run, step));
  });
  const nonces = new Set(intended.map((row) => row.nonce));
  await assertNothingOver(
    run,
    underWay(run).filter((row) => nonces.has(row.nonce)),
  );
  const wanted = new Set((await choose(run, steps)).map((step) => step.name));
  const left = new Set(underWay(run).map((row) => row.id));
  const unsigned = intended.filter((row) => left.has(row.id));
  for (const row of unsigned.toSorted((a, b) => a.nonce - b.nonce)) {
    if (row.purpose === 'fill' || wanted.has(row.step)) {
      await signIntended(run, [row.id]);
      await broadcastSigned(run, [row.id]);
    } else {
      await fillNonce(run, row);
    }
  }
}
