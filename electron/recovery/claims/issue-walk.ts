/**
 * Walks a confirmed plan that issues claims: each is signed once it is sure that it is still to be issued, the signatures
 * are stored, and the calls that they complete go the way of every transaction.
 */
import { z } from 'zod';
import { DeskError } from '../../../shared/errors.ts';
import type { NewRecovery } from '../../../shared/journal.ts';
import type { Plan, PlannedClaim } from '../../../shared/plan.ts';
import { hexSchema } from '../../../shared/values.ts';
import type { Hex } from '../../../shared/values.ts';
import { claimHash, claimSigner, withSignature } from '../../protocols/claim-signature.ts';
import { signing } from '../broadcast.ts';
import { judgeSurely } from '../certainty.ts';
import { awaitFinal } from '../conclusion.ts';
import { assertGoing, isEnded, nextBlock, stepRow, viewAt } from '../engine-context.ts';
import type { Ended, Run } from '../engine-context.ts';
import { giveUpLostNonces } from '../foreign-use.ts';
import { assertNoneWaits } from '../presence.ts';
import { endByVerdict } from '../step-judge.ts';
import { returnVanished } from '../under-way.ts';
import { resumeIntents, runWave, stillSendable } from '../waves.ts';

const signaturesSchema = z.object({
  signatures: z.array(z.object({ step: z.string(), signature: hexSchema })),
});
type Signatures = z.output<typeof signaturesSchema>['signatures'];

function signStep(plan: Plan): string {
  return `sign_claims:${plan.replacement.identity}`;
}

/** Every step of a plan that issues claims, in the order in which they are walked. */
export function issueSteps(plan: Plan): NewRecovery['steps'] {
  return [
    { name: signStep(plan), phase: 'sign_claims' },
    ...plan.steps.map(({ name, phase }) => ({ name, phase })),
  ];
}

function claimsOf(run: Run): readonly PlannedClaim[] {
  return run.plan.claims?.issue ?? [];
}

/** Ends what the chain shows for good to stand already, or not to be possible: nothing of it is signed. */
async function endSettled(run: Run): Promise<void> {
  for (;;) {
    assertGoing(run);
    const open = run.plan.steps.filter((step) => !isEnded(stepRow(run, step)));
    const { sure, waits } = await judgeSurely(run, open, await viewAt(run));
    for (const judged of sure) endByVerdict(run, judged);
    if (waits.length === 0) return;
    await nextBlock(run, 'final blocks: whether a claim stands already counts only then');
  }
}

async function sign(run: Run, claim: PlannedClaim): Promise<Hex> {
  const step = run.plan.steps.find(({ name }) => name === claim.step);
  const signer = step === undefined ? null : run.context.signers.get(step.signer);
  if (signer !== null && run.context.journal.confirmedBy(run.id).includes(signer.address))
    return signing(run, (options) => signer.signClaim(claimHash(claim), options));
  throw new DeskError('WAITING_FOR_OPERATOR', {
    message: `The claims wait for ${step?.signer ?? 'their issuer'}, whose key is not here. Nothing was signed.`,
    remedy: `Have them go on: resume ${run.id}`,
    retry: 'safe',
  });
}

/** Signs what is open, once: what was signed before the desk was ended is read from the journal. */
async function signatures(run: Run): Promise<Signatures> {
  const { journal, checkpoint, progress } = run.context;
  const name = signStep(run.plan);
  const row = stepRow(run, { name });
  if (isEnded(row)) return signaturesSchema.parse(row.outcome).signatures;
  progress({ kind: 'phase', phase: 'sign_claims', status: 'running' });
  if (row.state === 'pending') journal.startStep(run.id, name, row.attempt, null);
  await endSettled(run);
  checkpoint('judged:sign_claims');
  const made: Signatures = [];
  for (const claim of claimsOf(run)) {
    if (isEnded(stepRow(run, { name: claim.step }))) continue;
    made.push({ step: claim.step, signature: await sign(run, claim) });
  }
  checkpoint('signed:sign_claims');
  journal.finishStep(run.id, name, row.attempt, { state: 'done', outcome: { signatures: made } });
  checkpoint('ended:sign_claims');
  progress({ kind: 'phase', phase: 'sign_claims', status: 'done' });
  return made;
}

/**
 * The plan with its signatures in the calls. SECURITY: the database is a file that others may have touched; a signature
 * counts only as the step's own signer's of the very claim that was confirmed.
 * @throws DeskError SIGNER_REFUSED
 */
function completed(plan: Plan, signed: Signatures): Plan {
  const steps = plan.steps.map((step) => {
    const claim = plan.claims?.issue.find((one) => one.step === step.name);
    const signature = signed.find((one) => one.step === step.name)?.signature;
    if (claim === undefined || signature === undefined) return step;
    if (claimSigner(claimHash(claim), signature) !== step.signer) throw altered(step.name);
    return { ...step, call: { ...step.call, data: withSignature(step.call.data, claim, signature) } };
  });
  return { ...plan, steps };
}

function altered(step: string): DeskError {
  return new DeskError('SIGNER_REFUSED', {
    message: `What the journal holds as the signature of ${step} is none of the confirmed claim by its signer. Nothing was sent.`,
    remedy:
      'Somebody or something changed the journal. Have the workstation looked at before anything else is done.',
    retry: 'never',
  });
}

/** A claim that failed is no part of anything else: a new plan issues what is still missing. */
function ended(run: Run): Ended {
  const failed = run.plan.steps.map((step) => stepRow(run, step)).filter(({ state }) => state !== 'done');
  const [first] = failed;
  if (first === undefined) return { status: 'completed', reason: null };
  return {
    status: 'failed',
    reason: {
      code: 'CLAIM_NOT_ISSUABLE',
      message: `${failed.length} of ${run.plan.steps.length} claims were not issued. ${first.message ?? ''}`,
      remedy: first.remedy ?? 'Look at what is missing, then issue it again.',
    },
  };
}

/**
 * To the end of the plan.
 * @throws DeskError of signing, sending and the network: the issue then waits or stops, and is gone on with.
 */
export async function issueClaims(run: Run): Promise<Ended> {
  const plan = completed(run.plan, await signatures(run));
  const signed: Run = { ...run, plan };
  await returnVanished(signed);
  await giveUpLostNonces(signed);
  await resumeIntents(signed, stillSendable);
  signed.context.progress({ kind: 'phase', phase: 'issue_claims', status: 'running' });
  await runWave(signed, plan.steps);
  await awaitFinal(signed);
  assertNoneWaits(signed, plan.steps);
  const end = ended(signed);
  const status = end.status === 'completed' ? 'done' : 'failed';
  signed.context.progress({ kind: 'phase', phase: 'issue_claims', status });
  return end;
}
