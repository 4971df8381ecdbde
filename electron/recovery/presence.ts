/** Who of those that a plan has sign can be asked for it in this run, and what is said when nobody can go on without the others. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import { isHandedOut } from '../../shared/journal.ts';
import type { TransactionRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { goesHoldersWay } from '../../shared/holders-way.ts';
import { isEnded, minedCall, stepRow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { asActed, isSigningReplacement } from './holders-way.ts';
import { stepWords } from './parts.ts';
import { bySigner } from './slots.ts';
import { stepEnded } from './step-end.ts';

/** Who began the recovery: a replacement that signs itself does so by their confirmation. */
function operatorOf(run: Run): Address {
  return run.snapshot().recovery.operator;
}

/** Whether what the address signs of the plan was confirmed by whom it takes. */
export function isConfirmed(run: Run, address: Address): boolean {
  const confirmed = run.context.journal.confirmedBy(run.id);
  return confirmed.includes(isSigningReplacement(run.plan, address) ? operatorOf(run) : address);
}

/** Whether the address signs in this run: its signer is here, and the plan is confirmed for it. */
export function signsHere(run: Run, address: Address): boolean {
  return run.context.signers.get(address) !== null && isConfirmed(run, address);
}

/** Whether calls are handed out for the address in this run: whoever signs elsewhere confirms by that. */
export function handsOutHere(run: Run, address: Address): boolean {
  return run.context.signers.external(address) !== null;
}

function toldOf(run: Run, waiting: readonly PlanStep[]): string {
  return [...bySigner(waiting)]
    .map(([signer, steps]) => `${signer} (${stepWords(run.plan, steps)})`)
    .join(' and ');
}

const STILL_MOVES = 'Until then whoever has the lost key can go on moving what is not frozen.';

function signaturesMissing(run: Run, waiting: readonly PlanStep[]): DeskError {
  return new DeskError('WAITING_FOR_SIGNATURES', {
    message: `The calls of recovery ${run.id} that were handed out for ${toldOf(run, waiting)} are not carried out yet. ${STILL_MOVES}`,
    remedy: `Have them signed and sent, each batch once, then go on with: resume ${run.id}`,
    retry: 'safe',
  });
}

/** Of one who is here, but did not confirm, the confirmation is what is missing. */
function operatorMissing(run: Run, waiting: readonly PlanStep[]): DeskError {
  const parts = [...bySigner(waiting)];
  const [first] = parts.flatMap(([signer]) => (run.context.signers.get(signer) === null ? [] : [signer]));
  return new DeskError('WAITING_FOR_OPERATOR', {
    message: `What is left of recovery ${run.id} waits for ${toldOf(run, waiting)}. All that could be done without is done. ${STILL_MOVES}`,
    remedy:
      first === undefined
        ? `Have ${parts.map(([signer]) => signer).join(' and ')} confirm their part and go on, with the own keystore: resume ${run.id}`
        : `${first} has to confirm this plan first.`,
    retry: 'safe',
  });
}

/** @throws DeskError WAITING_FOR_OPERATOR where a nonce that was reserved has to be used up, and its signer is not here. */
export function assertSignsHere(run: Run, { signer, nonce }: Pick<TransactionRow, 'signer' | 'nonce'>): void {
  if (signsHere(run, signer)) return;
  if (isSigningReplacement(run.plan, signer)) {
    throw new DeskError('WAITING_FOR_OPERATOR', {
      message: `Nonce ${nonce} of the replacement wallet ${signer} was reserved by recovery ${run.id} and has to be used up, which takes its key.`,
      remedy: `Have ${operatorOf(run)} go on, with the passphrase of that wallet: resume ${run.id}`,
      retry: 'safe',
    });
  }
  throw new DeskError('WAITING_FOR_OPERATOR', {
    message: `Nonce ${nonce} of ${signer} was reserved by recovery ${run.id} and has to be used up, which takes that key.`,
    remedy: `Have ${signer} go on, with the own keystore: resume ${run.id}`,
    retry: 'safe',
  });
}

/**
 * Of these, the steps of those that sign in this run. What was handed out may be carried out at any time: no key signs it
 * besides, though it be of the same address.
 */
export function signedHere(run: Run, steps: readonly PlanStep[]): readonly PlanStep[] {
  const here = new Set([...bySigner(steps).keys()].filter((signer) => signsHere(run, signer)));
  const out = new Set(handedOut(run, steps));
  return steps.filter((step) => here.has(step.signer) && !out.has(step));
}

/** Of these, the steps that were handed out, and of which it is not known yet what became of them. */
export function handedOut(run: Run, steps: readonly PlanStep[]): readonly PlanStep[] {
  const outs = run.context.journal.handOuts(run.id);
  if (outs.length === 0) return [];
  return steps.filter((step) => {
    const row = stepRow(run, step);
    return !isEnded(row) && isHandedOut(outs, row);
  });
}

/** Steps that are neither ended nor in a block, and that nobody signs in this run. */
export function waitingSteps(run: Run, steps: readonly PlanStep[]): readonly PlanStep[] {
  const here = new Set(signedHere(run, steps));
  return steps.filter((step) => {
    if (here.has(step)) return false;
    const row = stepRow(run, step);
    return !isEnded(row) && minedCall(run, row) === undefined;
  });
}

/**
 * Ends what a replacement should sign and whose key is not here, unless somebody else is waited for anyway: it holds up
 * nothing, and is retried with its key.
 */
export function endWithoutKey(run: Run): void {
  const waiting = waitingSteps(run, run.plan.steps);
  if (!waiting.every(goesHoldersWay)) return;
  for (const step of waiting) {
    stepEnded(run, step, {
      state: 'failed',
      reason: 'REPLACEMENT_CANNOT_SEND',
      message: `The replacement wallet ${step.signer} recovers this token itself, and its key was not open in this run. It was not sent.`,
      remedy: `Retry this token with the passphrase of that wallet: resume ${run.id}`,
    });
  }
}

/** @throws DeskError WAITING_FOR_OPERATOR, WAITING_FOR_SIGNATURES where something of these waits for somebody else. */
export function assertNoneWaits(run: Run, steps: readonly PlanStep[]): void {
  const acted = (waiting: readonly PlanStep[]): readonly PlanStep[] =>
    waiting.length === 0 ? [] : asActed(run.plan, operatorOf(run), waiting);
  const waited = new Set(acted(waitingSteps(run, steps)).map((step) => step.signer));
  if (waited.size === 0) return;
  // All that they have to do is told: nobody is to be asked twice.
  const left = acted(waitingSteps(run, run.plan.steps));
  const theirs = left.filter((step) => waited.has(step.signer));
  const signed = handedOut(run, theirs);
  const missing = theirs.filter((step) => signed.every(({ signer }) => signer !== step.signer));
  throw missing.length > 0 ? operatorMissing(run, missing) : signaturesMissing(run, signed);
}
