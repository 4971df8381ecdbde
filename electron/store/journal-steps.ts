/** The journal's part on steps: pending, running, and ended once. */
import { canonicalText, digestOf } from '../../shared/canonical.ts';
import { isHandedOut } from '../../shared/journal.ts';
import type { Journal, StepRow } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import type { Store } from './database.ts';
import { IllegalTransition } from './illegal-transition.ts';
import type { JournalContext } from './journal-entry.ts';
import { auditReason } from './journal-entry.ts';
import { handOutsOf } from './journal-parts.ts';
import { refuseSecondRecovery } from './journal-recoveries.ts';
import {
  lostWalletsOf,
  newestStep,
  openRecoveryOf,
  recoveryOf,
  stepOf,
  stepsOf,
  transactionsOfStep,
} from './journal-rows.ts';

function isOver(step: StepRow): boolean {
  return step.state !== 'pending' && step.state !== 'running';
}

/**
 * What failed or was skipped may be tried again; `verify` may be repeated also when it passed, for it only reads, and so may
 * a token that was recovered, for a retry may bring something to its lost wallet, and it takes what is there.
 */
function mayRepeat(step: StepRow): boolean {
  const goesOn = step.phase === 'recover_tokens' || step.phase === 'verify';
  return step.state === 'failed' || step.state === 'skipped' || (goesOn && isOver(step));
}

function newestAttempt(steps: readonly StepRow[], name: string): StepRow {
  const newest = steps.findLast((step) => step.name === name);
  if (newest === undefined) throw new IllegalTransition(`there is no step ${name}`);
  return newest;
}

function retry(context: JournalContext, recoveryId: string, names: readonly string[]): void {
  const { store } = context;
  const recovery = recoveryOf(store, recoveryId);
  if (recovery.status === 'cancelled' || recovery.status === 'failed' || names.length === 0) {
    throw new IllegalTransition(`recovery ${recoveryId} (${recovery.status}) has nothing to try again`);
  }
  if (hasEnded(recovery.status)) {
    refuseSecondRecovery(store, {
      ...recovery,
      lostWallets: lostWalletsOf(store, recovery),
      issuesClaims: recovery.claimsOf !== null,
    });
  }
  const steps = stepsOf(store, recoveryId);
  for (const name of names) {
    const newest = newestAttempt(steps, name);
    if (!mayRepeat(newest))
      throw new IllegalTransition(`step ${name} is ${newest.state}: not to be tried again`);
    store.run(
      `INSERT INTO step (recoveryId, name, attempt, position, phase, state, baseline, outcome)
       SELECT recoveryId, name, attempt + 1, position, phase, 'pending', 'null', 'null' FROM step
       WHERE recoveryId = :recoveryId AND name = :name AND attempt = :attempt`,
      { recoveryId, name, attempt: newest.attempt },
    );
  }
  store.run(
    `UPDATE recovery SET status = 'running', statusReason = NULL, finishedAt = NULL WHERE id = :recoveryId`,
    { recoveryId },
  );
  context.audit({ kind: 'recovery_retried', fields: { recoveryId, steps: [...names] } });
}

/** Once something of the attempt is signed, or its call handed out, its baseline says what stood before that. */
function refuseLateBaseline(store: Store, step: StepRow): void {
  if (step.state !== 'running') throw new IllegalTransition(`step ${step.name} is ${step.state}`);
  if (isHandedOut(handOutsOf(store, step.recoveryId), step))
    throw new IllegalTransition(`step ${step.name} was handed out`);
  const own = transactionsOfStep(store, step.recoveryId, step.name, step.attempt);
  const signed = own.find(({ state }) => state !== 'intended' && state !== 'abandoned');
  if (signed === undefined) return;
  throw new IllegalTransition(`transaction ${signed.id} of step ${step.name} is ${signed.state}`);
}

type StepPart = Pick<
  Journal,
  'step' | 'stepTransactions' | 'startStep' | 'renewBaseline' | 'finishStep' | 'retry'
>;

export function stepPart(context: JournalContext): StepPart {
  const { store } = context;
  return {
    step: (recoveryId, name) => newestStep(store, recoveryId, name),
    stepTransactions: (recoveryId, name, attempt) => transactionsOfStep(store, recoveryId, name, attempt),
    startStep: (recoveryId, name, attempt, baseline) =>
      store.transaction(() => {
        openRecoveryOf(store, recoveryId);
        const step = stepOf(store, recoveryId, name, attempt);
        if (step.state !== 'pending')
          throw new IllegalTransition(`step ${name} is ${step.state}: not to be started`);
        store.run(
          `UPDATE step SET state = 'running', baseline = :baseline, startedAt = :startedAt
           WHERE recoveryId = :recoveryId AND name = :name AND attempt = :attempt`,
          { recoveryId, name, attempt, baseline: canonicalText(baseline), startedAt: context.now() },
        );
        context.audit({
          kind: 'step_started',
          fields: { recoveryId, step: name, attempt, baselineDigest: digestOf(baseline) },
        });
      }),
    renewBaseline: (recoveryId, name, attempt, baseline) =>
      store.transaction(() => {
        openRecoveryOf(store, recoveryId);
        refuseLateBaseline(store, stepOf(store, recoveryId, name, attempt));
        store.run(
          `UPDATE step SET baseline = :baseline
           WHERE recoveryId = :recoveryId AND name = :name AND attempt = :attempt`,
          { recoveryId, name, attempt, baseline: canonicalText(baseline) },
        );
        context.audit({
          kind: 'step_baseline_renewed',
          fields: { recoveryId, step: name, attempt, baselineDigest: digestOf(baseline) },
        });
      }),
    finishStep: (recoveryId, name, attempt, end) =>
      store.transaction(() => {
        openRecoveryOf(store, recoveryId);
        const step = stepOf(store, recoveryId, name, attempt);
        if (isOver(step)) throw new IllegalTransition(`step ${name} is ${step.state} already`);
        const outcome = end.outcome ?? null;
        store.run(
          `UPDATE step SET state = :state, outcome = :outcome, reason = :reason, message = :message,
             remedy = :remedy, finishedAt = :finishedAt
           WHERE recoveryId = :recoveryId AND name = :name AND attempt = :attempt`,
          {
            recoveryId,
            name,
            attempt,
            state: end.state,
            outcome: canonicalText(outcome),
            reason: end.reason ?? null,
            message: end.message ?? null,
            remedy: end.remedy ?? null,
            finishedAt: context.now(),
          },
        );
        context.audit({
          kind: 'step_finished',
          fields: {
            recoveryId,
            step: name,
            attempt,
            state: end.state,
            reason: auditReason(end.reason),
            outcomeDigest: digestOf(outcome),
          },
        });
      }),
    retry: (recoveryId, names) => store.transaction(() => retry(context, recoveryId, names)),
  };
}
