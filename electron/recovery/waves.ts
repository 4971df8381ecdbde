/** Sends the steps of a plan in waves: those of one wave do not rest on each other. */
import type { PlanStep } from '../../shared/plan.ts';
import { broadcastSigned, signIntended } from './broadcast.ts';
import { endPastBound, fittingNow } from './budget.ts';
import { assertBaseStands, concludeFinal } from './conclusion.ts';
import { finalityFrees } from './cost-bound.ts';
import { assertGoing, isEnded, minedCall, nextBlock, stepRow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { fillNonce } from './fill.ts';
import { valueOf } from './funds.ts';
import { sendSteps } from './sending.ts';
import type { Came } from './sending.ts';
import { assertNothingOver } from './foreign-use.ts';
import { awaitMined } from './mining.ts';
import { handOut, watchHandedOut } from './hand-out.ts';
import { handedOut, handsOutHere, signedHere, signsHere } from './presence.ts';
import { isRejected } from './rejected.ts';
import { bySigner, slotOf } from './slots.ts';
import { startSteps } from './start-steps.ts';
import { stepEnded } from './step-end.ts';
import { judgeOpen, judgeOthers } from './step-judge.ts';
import type { Sendable } from './step-judge.ts';
import { openIntents, underWay } from './under-way.ts';
import { assertStillFeasible } from './whole-plan.ts';

const FINAL_BLOCKS = 'final blocks: what was found done, and what was paid, counts only then';

/** As many of each signer's steps as may be under way at a time. */
function inWindows(run: Run, steps: readonly PlanStep[]): readonly PlanStep[] {
  const windows = [...bySigner(steps).values()].map((own) => own.slice(0, run.context.policy.pendingWindow));
  const within = new Set(windows.flat());
  return steps.filter((step) => within.has(step));
}

/**
 * When nothing else is left to be sent: what did not fit the bound is sent as far as it fits by now, and ends where none
 * of it does.
 */
async function sendOrEnd(run: Run, past: readonly Sendable[]): Promise<Came> {
  const steps = past.map(({ step }) => step);
  // What is mined costs less than what was put by for it: only when it is final the amount is right.
  if (finalityFrees(run)) return { waits: steps, past: [], holdsAll: false };
  const fitting = await fittingNow(run, past);
  if (fitting.length > 0) {
    const came = await sendSteps(run, inWindows(run, fitting));
    // Fees may rise between two looks: what fits now and not then is not looked at for ever.
    if (came.past.length === 0 || came.waits.length > 0) return came;
  }
  // Some may have ended when they were judged once more.
  await endPastBound(
    run,
    past.filter(({ step }) => !isEnded(stepRow(run, step))),
  );
  return { waits: [], past: [], holdsAll: false };
}

/** Of a plain transfer that others send nothing on the chain tells: it is not handed out, and holds nothing up. */
function endUnhandable(run: Run, steps: readonly PlanStep[]): void {
  for (const step of steps) {
    if (step.role !== 'fund') continue;
    stepEnded(run, step, {
      state: 'failed',
      reason: 'UNKNOWN',
      message: `${step.signer} signs elsewhere, and a plain transfer cannot be known there for ours: it was not handed out.`,
      remedy: `Send ${valueOf(step)} wei to ${step.wallet}, then retry the tokens that it recovers itself.`,
    });
  }
}

/**
 * Until every step of the wave has ended, or is mined and waits for its outcome. Those of signers that are not here
 * are ended where the chain does so without them, and left open else.
 */
export async function runWave(run: Run, steps: readonly PlanStep[]): Promise<void> {
  /** What did not fit the bound, by step: it is weighed once more, and ends together, when all that fits is sent. */
  const past = new Map<string, Sendable>();
  /** What is judged again at the next block: until then the others go on. */
  const waits = new Set<string>();
  const finalBlocks = async (): Promise<void> => {
    await nextBlock(run, FINAL_BLOCKS);
    waits.clear();
  };
  for (;;) {
    await concludeFinal(run);
    await assertBaseStands(run, steps);
    const open = steps.filter((step) => {
      const row = stepRow(run, step);
      return !isEnded(row) && minedCall(run, row) === undefined && !isRejected(run, row);
    });
    assertGoing(run);
    const own = signedHere(run, open);
    const out = handedOut(run, open);
    const elsewhere = open.filter(
      (step) => !own.includes(step) && !out.includes(step) && handsOutHere(run, step.signer),
    );
    const toHandOut = elsewhere.filter((step) => step.role !== 'fund');
    if (toHandOut.length < elsewhere.length) {
      endUnhandable(run, elsewhere);
      continue;
    }
    const undecided = toHandOut.length > 0 && (await handOut(run, toHandOut));
    if (own.length === 0) {
      if (undecided) await nextBlock(run, FINAL_BLOCKS);
      if (toHandOut.length > 0 || (out.length > 0 && (await watchHandedOut(run, out)))) continue;
      const others = open.filter((step) => !out.includes(step));
      return judgeOthers(run, others);
    }
    const next = own.filter(({ name }) => !past.has(name) && !waits.has(name));
    if (next.length === 0 && waits.size > 0) {
      await finalBlocks();
      continue;
    }
    const came =
      next.length > 0
        ? await sendSteps(run, inWindows(run, next))
        : await sendOrEnd(
            run,
            own.flatMap(({ name }) => past.get(name) ?? []),
          );
    for (const entry of came.past) past.set(entry.step.name, entry);
    for (const { name } of came.waits) waits.add(name);
    if (came.holdsAll) await finalBlocks();
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
  // Without its key nothing becomes of one: it stays reserved until its signer is here.
  const intended = openIntents(run).filter((row) => signsHere(run, row.signer));
  if (intended.length === 0) return;
  // What was signed before comes first: a reorg may have taken it while nobody looked, and all else rests on it.
  await awaitMined(run);
  const steps = run.plan.steps.filter((step) => {
    const asked = intended.some((row) => row.step === step.name && row.purpose === 'call');
    return asked && !isEnded(stepRow(run, step));
  });
  const slots = new Set(intended.map(slotOf));
  await assertNothingOver(
    run,
    underWay(run).filter((row) => slots.has(slotOf(row))),
  );
  const chosen = await choose(run, steps);
  if (chosen.length > 0) await startSteps(run, chosen);
  const wanted = new Set(chosen.map((step) => step.name));
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
