/**
 * Ends a recovery whose goal the chain does not allow any more: the person was recovered to another wallet, the link
 * was erased, or the replacement was marked as lost. What is ours is settled first, so that nothing of it happens after
 * the end was told.
 */
import { DeskError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { StepEnd } from '../../shared/journal.ts';
import { awaitFinal } from './conclusion.ts';
import { DIRECTORY_STEPS, directoryStepName } from './directory-plan.ts';
import { isEnded, stepRow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { endWithoutTransaction, verifyStep } from './local-steps.ts';
import { assertSignsHere } from './presence.ts';
import { stepEnded } from './step-end.ts';
import { underWay } from './under-way.ts';
import { resumeIntents } from './waves.ts';

const PAST_HOPE: readonly ErrorCode[] = ['RECOVERED_ELSEWHERE', 'STATE_CONFLICT'];

/** Whether no later run of the recovery could come to another end. These codes are thrown for final blocks alone. */
export function isPastHope(thrown: unknown): thrown is DeskError {
  return thrown instanceof DeskError && PAST_HOPE.includes(thrown.code);
}

/**
 * Fills reserved nonces, waits until all that was sent is final, and ends the steps that are open: the link as
 * failed, what rests on it as not tried.
 * @throws DeskError WAITING_FOR_OPERATOR, of the network, of waiting or of sending; the next run closes the recovery then.
 */
export async function closeDown(run: Run, why: DeskError): Promise<void> {
  await resumeIntents(run, async () => []);
  await awaitFinal(run);
  // What is reserved, or was sent, is no end as long as nobody can see to it.
  for (const row of underWay(run)) assertSignsHere(run, row);
  const { code, message, remedy } = why;
  const failed: StepEnd = { state: 'failed', reason: code, message, remedy };
  const skipped: StepEnd = { state: 'skipped', message: `not tried: ${message}` };
  for (const step of run.plan.steps) {
    if (!isEnded(stepRow(run, step))) stepEnded(run, step, step.role === 'relink' ? failed : skipped);
  }
  for (const step of DIRECTORY_STEPS) endWithoutTransaction(run, directoryStepName(step, run.plan), skipped);
  endWithoutTransaction(run, verifyStep(run.plan), skipped);
}
