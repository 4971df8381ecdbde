/** The steps of a recovery that are no transactions, and all steps in the order in which they are walked. */
import { DeskError } from '../../shared/errors.ts';
import type { NewRecovery, StepEnd } from '../../shared/journal.ts';
import { PHASES } from '../../shared/phases.ts';
import type { Plan } from '../../shared/plan.ts';
import { auditingRefusal } from './audited-refusal.ts';
import { directorySteps } from './directory-plan.ts';
import { isEnded, stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';

export function createWalletStep(plan: Plan): string {
  return `create_wallet:${plan.replacement.address}`;
}

export function verifyStep(plan: Plan): string {
  return `verify:${plan.lostWallet}`;
}

/** Every step of the plan with those that are none on chain, phase by phase. */
export function allSteps(plan: Plan): NewRecovery['steps'] {
  return PHASES.flatMap((phase): NewRecovery['steps'] => {
    if (phase === 'create_wallet') return [{ name: createWalletStep(plan), phase }];
    if (phase === 'verify') return [{ name: verifyStep(plan), phase }];
    const atDirectory = directorySteps(plan, phase);
    if (atDirectory.length > 0) return atDirectory;
    return plan.steps.filter((step) => step.phase === phase).map((step) => ({ name: step.name, phase }));
  });
}

/** Whoever began the recovery has what opens the wallet that was made for it. */
function proofMissing(run: Run): Error {
  const { operator } = run.snapshot().recovery;
  if (operator === run.context.signers.own)
    return new Error('a generated wallet came without the means to prove it');
  return new DeskError('WAITING_FOR_OPERATOR', {
    message: `The replacement wallet was not proven to open yet, and ${operator}, who had it made, has to do that.`,
    remedy: `Have ${operator} go on first, with the own keystore and the passphrase of the wallet: resume ${run.id}`,
    retry: 'safe',
  });
}

/**
 * Proves the replacement wallet before anything rests on it.
 * @throws DeskError WAITING_FOR_OPERATOR, or what tells that its keystore does not open.
 */
export async function createWallet(run: Run): Promise<void> {
  const { context, plan } = run;
  const name = createWalletStep(plan);
  const row = stepsNow(run.snapshot()).get(name);
  if (row === undefined || isEnded(row)) return;
  context.progress({ kind: 'phase', phase: 'create_wallet', status: 'running' });
  if (row.state === 'pending') context.journal.startStep(run.id, name, row.attempt, null);
  if (plan.replacement.control === 'generated') {
    if (context.proveWallet === null) throw proofMissing(run);
    await auditingRefusal(context, run.snapshot().recovery.planDigest, context.proveWallet);
  }
  context.checkpoint('proven:create_wallet');
  const { kind, control, address } = plan.replacement;
  context.journal.finishStep(run.id, name, row.attempt, {
    state: 'done',
    outcome: { address, kind, control },
  });
  context.progress({ kind: 'phase', phase: 'create_wallet', status: 'done' });
}

/** Ends a step that is none on chain, unless it has ended. @returns whether this call ended it. */
export function endWithoutTransaction(run: Run, name: string, end: StepEnd): boolean {
  const row = stepsNow(run.snapshot()).get(name);
  if (row === undefined || isEnded(row)) return false;
  if (row.state === 'pending') run.context.journal.startStep(run.id, name, row.attempt, null);
  run.context.journal.finishStep(run.id, name, row.attempt, end);
  return true;
}
