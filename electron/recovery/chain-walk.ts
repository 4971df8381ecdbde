/** The walk of a plan on chain, wave after wave, each resting on the one before (DESIGN 4). */
import type { PhaseName, RecoveryStatus } from '../../shared/phases.ts';
import { walletOfStep, walletsOf } from '../../shared/plan.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { assertBaseStands, awaitFinal } from './conclusion.ts';
import type { BesideChain } from './directory-steps.ts';
import { assertGoing, isEnded, stepRow, stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { giveUpLostNonces } from './foreign-use.ts';
import { linksBehind, stepBeside, tokenWaves } from './links.ts';
import { phaseReports } from './phase-reports.ts';
import { assertNoneWaits, endWithoutKey, waitingSteps } from './presence.ts';
import { returnVanished } from './under-way.ts';
import { stepEnded } from './step-end.ts';
import { verify } from './verification.ts';
import { resumeIntents, runWave, stillSendable } from './waves.ts';
import { assertBoundSuffices, assertStillFeasible } from './whole-plan.ts';

function phaseNow(run: Run, phase: PhaseName): void {
  const report = phaseReports(run.snapshot(), run.plan).find((candidate) => candidate.name === phase);
  if (report === undefined || report.status === 'pending') return;
  const { status, reason } = report;
  run.context.progress({ kind: 'phase', phase, status, ...(reason === undefined ? {} : { reason }) });
}

function withRole(run: Run, ...roles: readonly PlanStep['role'][]): readonly PlanStep[] {
  return run.plan.steps.filter((step) => roles.includes(step.role));
}

async function wave(run: Run, phases: readonly PhaseName[], steps: readonly PlanStep[]): Promise<void> {
  assertGoing(run);
  for (const phase of phases) {
    if (steps.some((step) => step.phase === phase))
      run.context.progress({ kind: 'phase', phase, status: 'running' });
  }
  await runWave(run, steps);
  for (const phase of phases) phaseNow(run, phase);
}

/**
 * Nothing is begun that rests on steps that wait for somebody who is not here; what is under way is seen to its end.
 * @throws DeskError WAITING_FOR_OPERATOR
 */
async function assertThrough(run: Run, steps: readonly PlanStep[]): Promise<void> {
  if (waitingSteps(run, steps).length === 0) return;
  await awaitFinal(run);
  await assertBaseStands(run, run.plan.steps);
  assertNoneWaits(run, steps);
}

/** The lifting of a freeze comes after its token, and may wait with that for another's hand. */
function dueReleases(run: Run): readonly PlanStep[] {
  return withRole(run, 'release').filter((step) => {
    const token = stepBeside(run.plan, step, 'token');
    return token === undefined || isEnded(stepRow(run, token));
  });
}

/**
 * What would be brought to a wallet that is lost too, and that could not be linked on, stays where it is: there it would be
 * in the hands of whoever has that key.
 */
function endStranded(run: Run, steps: readonly PlanStep[]): void {
  for (const step of steps) {
    const to = walletOfStep(run.plan, step).replacement.address;
    const broken = linksBehind(run.plan, to).find((link) => stepRow(run, link).state === 'failed');
    if (broken === undefined || stepRow(run, step).state !== 'pending') continue;
    stepEnded(run, step, {
      state: 'failed',
      reason: 'UNKNOWN',
      message: `It would go on from ${to}, and the wallet ${broken.wallet} could not be linked to its replacement: it was left where it is.`,
      remedy: `Remove what keeps ${broken.wallet} from being linked, then retry this token.`,
    });
  }
}

/** Token by token; what one brings to a wallet that is lost too goes on from there. */
async function recoverTokens(run: Run): Promise<void> {
  run.context.progress({ kind: 'phase', phase: 'recover_tokens', status: 'running' });
  for (const steps of tokenWaves(run.plan)) {
    endStranded(run, steps);
    await wave(run, [], steps);
    await assertThrough(
      run,
      steps.filter((step) => isBrought(run, step)),
    );
  }
  await awaitFinal(run);
  await assertBaseStands(run, run.plan.steps);
}

/** Whether a later recovery of the plan takes along what this step brings to its replacement. */
function isBrought({ plan }: Run, { token, wallet }: PlanStep): boolean {
  const to = walletsOf(plan).find(({ lostWallet }) => lostWallet === wallet)?.replacement.address;
  return plan.steps.some((step) => step.role === 'token' && step.token === token && step.wallet === to);
}

/**
 * A smart account must be there for certain before anything is linked to its address: tokens that follow to an address where
 * the factory made none would be out of everybody's reach.
 */
async function assertAccountsStand(run: Run, first: readonly PlanStep[]): Promise<void> {
  const accounts = first.filter(({ role, phase }) => role === 'prepare' && phase === 'create_wallet');
  if (accounts.every((step) => isEnded(stepRow(run, step)))) return;
  await awaitFinal(run);
  await assertBaseStands(run, accounts);
}

/**
 * Recovers on chain, from where journal and chain stand, to the verification.
 * @throws DeskError of waiting, stopping, the network, and of what ends a recovery.
 */
export async function recoverOnChain(run: Run, beside: BesideChain): Promise<RecoveryStatus> {
  await returnVanished(run);
  await giveUpLostNonces(run);
  await resumeIntents(run, stillSendable);
  await assertStillFeasible(run);
  const [first, link] = [withRole(run, 'contain', 'prepare', 'fund'), withRole(run, 'relink')];
  await wave(run, ['contain', 'create_wallet', 'create_identity'], first);
  await assertThrough(run, first);
  await assertAccountsStand(run, first);
  // Fees may have risen while the new identity was waited for: the link is signed at those of now.
  if (waitingSteps(run, link).length === 0) await assertBoundSuffices(run);
  await wave(run, ['recover_identity'], link);
  await assertThrough(run, link);
  await recoverTokens(run);
  beside.linked();
  await wave(run, ['recover_identity'], [...withRole(run, 'move'), ...dueReleases(run)]);
  await awaitFinal(run);
  await assertBaseStands(run, run.plan.steps);
  endWithoutKey(run);
  await assertThrough(run, run.plan.steps);
  phaseNow(run, 'recover_tokens');
  assertGoing(run);
  await verify(run);
  const rows = stepsNow(run.snapshot());
  // A freeze of ours that could not be lifted is no success either, and is tried again like a token.
  // What a replacement was not given shows in its tokens, if they needed it.
  const failed = run.plan.steps.some(
    ({ role, name }) => role !== 'contain' && role !== 'fund' && rows.get(name)?.state === 'failed',
  );
  const verified = [...rows.values()].every((row) => row.phase !== 'verify' || row.state === 'done');
  return failed || !verified ? 'completed_with_token_failures' : 'completed';
}
