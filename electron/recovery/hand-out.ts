/**
 * Hands calls out to a Safe or a custody platform, and looks on the chain whether they were carried out. From the commit
 * that tells of it on, everything handed out may happen at any time: it is journalled first.
 */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import type { StepRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { Execution } from '../protocols/recovery-protocol.ts';
import { judgeSurely } from './certainty.ts';
import type { Judged } from './certainty.ts';
import { assertGoing, isEnded, stepRow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { batchOf } from './hand-out-batch.ts';
import { executionsAt } from './links.ts';
import { handedOut } from './presence.ts';
import { bySigner } from './slots.ts';
import { startSteps } from './start-steps.ts';
import { stepEnded } from './step-end.ts';
import { endByVerdict, judgeOpen, refuseUncallable, skipNeedless } from './step-judge.ts';
import { nextLook } from './under-way.ts';

/** What makes a hand-out the point of no return (DESIGN 4.8): anybody may carry it out from then on. */
function endsReturn(steps: readonly PlanStep[]): boolean {
  return steps.some((step) => step.role !== 'prepare');
}

async function handOutBatch(run: Run, signer: Address, steps: readonly PlanStep[]): Promise<void> {
  const { context, plan } = run;
  const external = context.signers.external(signer);
  if (external === null || steps.length === 0) return;
  await startSteps(run, steps);
  const batch = context.journal.handOut({
    recoveryId: run.id,
    signer,
    steps: steps.map((step) => ({ name: step.name, attempt: stepRow(run, step).attempt })),
    noReturn: endsReturn(steps),
  });
  context.checkpoint(`handed out:${steps[0]?.phase}`);
  const { planDigest } = run.snapshot().recovery;
  const { chainId } = plan.network;
  await external.handOut({ recoveryId: run.id, planDigest, chainId, signer, batch, steps, again: false });
  run.handedOut.add(batch);
  context.checkpoint(`given:${steps[0]?.phase}`);
}

/**
 * Judges open steps of signers elsewhere, and hands out those that would go through, with what may follow them in the
 * same batch.
 * @returns whether some wait for a final block.
 */
export async function handOut(run: Run, steps: readonly PlanStep[]): Promise<boolean> {
  await run.context.chain.assertChainId();
  const { sendable, waits } = await judgeOpen(run, steps, await viewAt(run));
  for (const [signer, own] of bySigner(sendable.map(({ step }) => step)))
    await handOutBatch(run, signer, await batchOf(run, signer, own));
  return waits.length > 0;
}

/**
 * What an earlier run handed out and is not done: once a run, for that run may have ended before anybody had it.
 * @returns whether there was any.
 */
async function handOutAgain(run: Run, steps: readonly PlanStep[]): Promise<boolean> {
  const known = run.handedOut.size;
  const { handOuts, recovery } = run.snapshot();
  const open = (name: string): PlanStep | undefined =>
    run.plan.steps.find((step) => step.name === name && !isEnded(stepRow(run, step)));
  const wanted = handOuts.filter((out) => steps.some((step) => step.name === out.step));
  for (const batch of new Set(wanted.map((out) => out.batch))) {
    const rows = handOuts.filter((out) => out.batch === batch);
    const signer = rows[0]?.signer;
    const external = signer === undefined ? null : run.context.signers.external(signer);
    if (signer === undefined || external === null || run.handedOut.has(batch)) continue;
    const left = rows.flatMap((out) => open(out.step) ?? []);
    const { planDigest, chainId } = recovery;
    await external.handOut({
      recoveryId: run.id,
      planDigest,
      chainId,
      signer,
      batch,
      steps: left,
      again: true,
    });
    run.handedOut.add(batch);
  }
  return run.handedOut.size > known;
}

const baselineSchema = z.object({ block: z.number() });

/** An event from before the hand-out tells of something else. */
function isAfter(row: StepRow, { block }: Execution): boolean {
  const baseline = baselineSchema.safeParse(row.baseline);
  return baseline.success && block > baseline.data.block;
}

/**
 * Done by its own event: later events may have gone on from there, and do not undo it. Of a token the event has to say that
 * something was moved.
 */
function standsByEvent(step: PlanStep, { amount }: Execution): boolean {
  if (step.role === 'token') return amount !== null && amount > 0n;
  return step.role === 'contain' || step.role === 'release';
}

/** Judges what was handed out as of the newest final block; ends what was carried out, and what cannot be any more. */
async function judgeHandedOut(run: Run, steps: readonly PlanStep[]): Promise<void> {
  const due = skipNeedless(run, steps);
  const final = await run.context.chain.finalHead();
  if (due.length === 0 || final === null) return;
  const executions = await executionsAt(run, await viewAt(run, final), due);
  const { sure } = await judgeSurely(run, due, await viewAt(run));
  const verdictOf = (step: PlanStep): Judged | undefined => sure.find((judged) => judged.step === step);
  const open: PlanStep[] = [];
  for (const [index, step] of due.entries()) {
    const execution = executions[index] ?? null;
    const judged = verdictOf(step);
    const own = execution !== null && isAfter(stepRow(run, step), execution) ? execution : null;
    const found = judged?.verdict.kind === 'done' ? judged.verdict.outcome : null;
    if (own !== null && (standsByEvent(step, own) || found !== null)) {
      const { transaction, block, amount } = own;
      const moved = {
        ...(amount === null ? {} : { amount: amount.toString() }),
        // Others may have moved a part there before: only with theirs does it show whether anything is missing.
        ...(step.role === 'token' && found !== null ? { found } : {}),
      };
      stepEnded(run, step, { state: 'done', outcome: { transaction, block, ...moved, handedOut: true } });
    } else if (judged?.verdict.kind === 'open') open.push(step);
    else if (judged !== undefined) endByVerdict(run, judged);
  }
  await refuseUncallable(run, open);
}

/**
 * Looks after steps that were handed out, for as long as policy is patient.
 * @returns whether one of them ended; if not, they may be carried out at any later time.
 */
export async function watchHandedOut(run: Run, steps: readonly PlanStep[]): Promise<boolean> {
  const { chain, now, policy, progress } = run.context;
  const left = (): readonly PlanStep[] => handedOut(run, steps);
  const patience = (): number => now().getTime() + policy.miningPatienceSeconds * 1000;
  let deadline = patience();
  for (;;) {
    const { number: head } = await chain.head();
    await judgeHandedOut(run, left());
    if (left().length < steps.length) return true;
    if (await handOutAgain(run, steps)) {
      deadline = patience();
      continue;
    }
    assertGoing(run);
    if (now().getTime() > deadline) return false;
    progress({
      kind: 'waiting',
      what: `${[...bySigner(steps).keys()].join(' and ')} to have signed and sent what was handed out`,
    });
    await nextLook(run, head);
  }
}
