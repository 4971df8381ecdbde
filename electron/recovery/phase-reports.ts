/** Derives the phases, in the reported order, from the steps of the journal. */
import { survivorWords } from '../../shared/survivor-words.ts';
import type { RecoverySnapshot, StepRow } from '../../shared/journal.ts';
import type { PhaseReport } from '../../shared/outcome.ts';
import { PHASES, hasEnded } from '../../shared/phases.ts';
import type { PhaseName, PhaseStatus } from '../../shared/phases.ts';
import type { Plan } from '../../shared/plan.ts';
import { countsTogether, effectOf } from './directory-outcome.ts';
import { stepsNow } from './engine-context.ts';

/** What still works of what was taken away at the participant directory. */
function survivorsOf(rows: readonly StepRow[]): readonly string[] {
  const survivors = rows.flatMap((row) => effectOf(row)?.survivors ?? []);
  return [...new Set(survivors.map(({ what, until }) => survivorWords(what, until)))];
}

function statusOf(rows: readonly StepRow[]): PhaseStatus {
  const states = new Set(rows.map((row) => row.state));
  if (states.has('running')) return 'running';
  if (states.has('pending')) return states.size === 1 ? 'pending' : 'running';
  if (states.has('failed')) return states.has('done') ? 'partly' : 'failed';
  if (survivorsOf(rows).length > 0) return 'partly';
  return states.has('done') ? 'done' : 'skipped';
}

/** Of a recovery that has ended nothing is under way any more, and nothing is still to come. */
function endStatusOf(rows: readonly StepRow[]): PhaseStatus {
  const status = statusOf(rows);
  if (status === 'pending') return 'skipped';
  if (status !== 'running') return status;
  return rows.some((row) => row.state === 'done') ? 'partly' : 'failed';
}

function whyEmpty(phase: PhaseName, plan: Plan): string {
  if (phase === 'contain' && plan.reason !== 'compromised')
    return 'the case does not say that the wallet is compromised';
  if (phase === 'contain')
    return 'there is no token that the operator may freeze and that is not frozen already';
  if (phase === 'recover_tokens') return 'no token is in scope';
  return plan.adopts ? 'done before, by the recovery that this one goes on with' : 'nothing to do';
}

function reasonOf(rows: readonly StepRow[], status: PhaseStatus, plan: Plan): string | null {
  if (status === 'skipped') return rows.find((row) => row.message !== null)?.message ?? null;
  if (status !== 'failed' && status !== 'partly') return null;
  const failed = rows.filter((row) => row.state === 'failed');
  if (failed.length === 0) return survivorsOf(rows).join('; ');
  // People count tokens: lifting the desk's own freeze comes on top of them, and so does what a replacement is given.
  const beside = new Set(
    plan.steps.flatMap(({ role, name }) => (role === 'release' || role === 'fund' ? [name] : [])),
  );
  const counted = rows.filter((row) => !beside.has(row.name) || row.state === 'failed');
  return rows.length === 1 ? (failed[0]?.message ?? null) : `${failed.length} of ${counted.length} failed`;
}

export function phaseReports(snapshot: RecoverySnapshot, plan: Plan): readonly PhaseReport[] {
  const now = [...stepsNow(snapshot).values()];
  const ended = hasEnded(snapshot.recovery.status);
  return PHASES.map((name): PhaseReport => {
    const rows = now.filter((row) => row.phase === name);
    if (rows.length === 0) {
      return { name, status: 'skipped', reason: whyEmpty(name, plan), startedAt: null, finishedAt: null };
    }
    const status = ended ? endStatusOf(rows) : statusOf(rows);
    const started = rows.flatMap((row) => row.startedAt ?? []).toSorted();
    const finished = rows.flatMap((row) => row.finishedAt ?? []).toSorted();
    const leftOpen = ended && rows.some((row) => row.state === 'running' || row.state === 'pending');
    const reason = leftOpen ? 'the recovery ended before this was done' : reasonOf(rows, status, plan);
    const effects = rows.flatMap((row) => effectOf(row) ?? []);
    return {
      name,
      status,
      ...(reason === null ? {} : { reason }),
      ...(effects.length === 0 ? {} : { counts: countsTogether(effects) }),
      startedAt: started[0] ?? null,
      finishedAt: finished.length === rows.length ? (finished.at(-1) ?? null) : null,
    };
  });
}
