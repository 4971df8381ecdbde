/**
 * Works at the participant directory beside the chain: what it answers, how late, or that it does not, holds no
 * transaction up and decides nothing about the recovery. Every step is journalled before its first call, and may be
 * repeated.
 */

import type { Address } from '../../shared/address.ts';
import type { AccessCounts, AccessKind, DirectoryEffect, Survivor } from '../../shared/directory.ts';
import { DeskError, asDeskError } from '../../shared/errors.ts';
import type { StepEnd, StepRow } from '../../shared/journal.ts';
import { walletsOf } from '../../shared/plan.ts';
import { baselineOf, isDirectoryStep } from './directory-outcome.ts';
import { countsOf, isDirectoryFault } from './directory-facts.ts';
import { DIRECTORY_STEPS, directoryStepName, isPlanned, whyNotPlanned } from './directory-plan.ts';
import type { DirectoryStep } from './directory-plan.ts';
import { isEnded, stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { linkWallets } from './directory-link.ts';
import { endWithoutTransaction } from './local-steps.ts';
import type { Directory } from './needs.ts';
import { isOwnHold } from './own-hold.ts';
import { phaseReports } from './phase-reports.ts';

const FACTORS: readonly AccessKind[] = ['second_factors', 'passkeys', 'api_keys', 'wallet_verifications'];

/** What each step takes away. */
const TAKES: Readonly<Record<DirectoryStep['word'], readonly AccessKind[]>> = {
  hold_sign_in: [],
  revoke_sessions: ['sessions'],
  link_participant: [],
  reset_mfa: FACTORS,
  revoke_sessions_again: ['sessions'],
};

interface Asked {
  readonly run: Run;
  readonly step: DirectoryStep;
  readonly directory: Directory;
  /** The person at the directory. */
  readonly id: string;
}

function notShown(what: string): DeskError {
  return new DeskError('DIRECTORY_GARBAGE', {
    message: `The participant directory took the call, and does not show ${what}.`,
    remedy: 'Have whoever runs the directory look at it, then resume.',
    retry: 'safe',
  });
}

interface Acted {
  readonly told: DirectoryEffect;
  /** Lost wallets that are to be linked once the chain shows them as recovered. */
  readonly left: readonly Address[];
}

async function act(asked: Asked): Promise<Acted> {
  const { run, step, directory, id } = asked;
  if (step.word === 'link_participant') {
    const { effect, left } = await linkWallets(asked);
    return { told: effect, left };
  }
  const call = { signal: run.context.signal };
  return { told: await cutOff(step.word, directory, id, call), left: [] };
}

function cutOff(
  word: Exclude<DirectoryStep['word'], 'link_participant'>,
  directory: Directory,
  id: string,
  call: { readonly signal: AbortSignal },
): Promise<DirectoryEffect> {
  switch (word) {
    case 'hold_sign_in':
      return directory.holdSignIn(id, call);
    case 'revoke_sessions':
    case 'revoke_sessions_again':
      return directory.revokeSessions(id, call);
    case 'reset_mfa':
      return directory.resetFactors(id, call);
    default:
      return word satisfies never;
  }
}

/** What there is now; null where the directory has no answer to that. */
async function look({ run, directory, id }: Asked): Promise<AccessCounts | null> {
  try {
    return countsOf(await directory.access(id, { signal: run.context.signal }));
  } catch (thrown) {
    if (run.context.signal.aborted || !isDirectoryFault(thrown)) throw thrown;
    return null;
  }
}

/** What is left of what should be gone, by count: what the directory names itself need not be all of it. */
function leftOver(step: DirectoryStep, after: AccessCounts | null): readonly Survivor[] {
  return TAKES[step.word].flatMap((kind) => {
    const left = after?.[kind] ?? 0;
    return left === 0 ? [] : [{ what: `${left} of the person's ${kind.replaceAll('_', ' ')}`, until: null }];
  });
}

/**
 * Judges by what the directory shows afterwards, so that a call that was cut off counts what it did.
 * @throws DeskError DIRECTORY_GARBAGE where it does not show what it said it did.
 */
async function judged(
  asked: Asked,
  before: AccessCounts | null,
  told: DirectoryEffect,
): Promise<DirectoryEffect> {
  const { run, step, id } = asked;
  const counts = { ...told.counts };
  // Its pairs are judged where they are linked.
  if (step.word === 'link_participant') return told;
  const after = await look(asked);
  if (step.word === 'hold_sign_in') {
    if (after?.signIn === 'open') throw notShown('sign-in as held');
    const ours = after?.signIn === 'held' && isOwnHold(run.context.journal, run.id, id);
    return ours ? { ...told, counts: { ...counts, sign_in_hold: 1 } } : told;
  }
  for (const kind of TAKES[step.word]) {
    const [was, is] = [before?.[kind] ?? null, after?.[kind] ?? null];
    if (was !== null && is !== null && was - is > (counts[kind] ?? 0)) counts[kind] = was - is;
  }
  return { counts, survivors: [...told.survivors, ...leftOver(step, after)] };
}

/**
 * Whose the lost wallets are there; the plan knows, unless the directory did not answer when it was made. Then it is asked
 * once: a record that was linked may not name a lost wallet any more, and all steps are about one person. Where the
 * directory has the wallets with several people, it is whose the plan's first is, and no wallet of another is linked.
 */
async function personAt(run: Run, directory: Directory): Promise<string | null> {
  const { plan, context } = run;
  const known = plan.directory?.participantId ?? personNoted(run);
  if (known !== null) return known;
  for (const { lostWallet } of walletsOf(plan)) {
    const found = await directory.findByWallet(lostWallet, { signal: context.signal });
    if (found !== null) return found.id;
  }
  return null;
}

/** Whom an earlier step was about; null where none was begun. */
function personNoted(run: Run): string | null {
  const noted = run.snapshot().steps.filter(isDirectoryStep).map(baselineOf);
  return noted.find((baseline) => baseline !== null)?.participantId ?? null;
}

function directoryNow({ context }: Run): Directory {
  const directory = context.people.directory();
  if (directory !== null) return directory;
  throw new DeskError('DIRECTORY_DOWN', {
    message: 'The plan asks a participant directory, and none is connected.',
    remedy: 'Resume with the directory that the plan was made with.',
    retry: 'safe',
  });
}

/** Looked at again by every resume: the wallet may be recovered by then. */
function notAllLinked(left: readonly Address[]): StepEnd {
  return {
    state: 'failed',
    reason: 'WALLET_NOT_RECOVERED',
    message: `Not recovered on chain, and in the directory as before: ${left.join(', ')}. What else was asked about wallets is done.`,
    remedy: 'Recover the wallet first: a resume then links it.',
  };
}

async function carriedOut(run: Run, step: DirectoryStep, row: StepRow): Promise<StepEnd> {
  const { context } = run;
  const directory = directoryNow(run);
  const id = await personAt(run, directory);
  if (id === null) {
    const message = 'the participant directory knows nobody with the lost wallet';
    return { state: 'skipped', reason: 'NO_DIRECTORY', message };
  }
  const asked = { run, step, directory, id };
  const noted = baselineOf(row);
  const before = noted === null ? await look(asked) : noted.before;
  if (row.state === 'pending')
    context.journal.startStep(run.id, row.name, row.attempt, { participantId: id, before });
  context.checkpoint(`started:${step.word}`);
  const { told, left } = await act(asked);
  context.checkpoint(`acted:${step.word}`);
  const { counts, survivors } = await judged(asked, before, told);
  if (left.length > 0) return notAllLinked(left);
  return { state: 'done', outcome: { participantId: id, counts, survivors } };
}

function tellPhase(run: Run, { phase }: DirectoryStep): void {
  const report = phaseReports(run.snapshot(), run.plan).find(({ name }) => name === phase);
  if (report === undefined || report.status === 'pending') return;
  const { status, reason } = report;
  run.context.progress({ kind: 'phase', phase, status, ...(reason === undefined ? {} : { reason }) });
}

/** One after the other; what is down for one is not waited for by the next. */
async function walk(run: Run, steps: readonly DirectoryStep[]): Promise<void> {
  const { context } = run;
  let away: DeskError | null = null;
  for (const step of steps) {
    const name = directoryStepName(step, run.plan);
    const row = stepsNow(run.snapshot()).get(name);
    if (row === undefined || isEnded(row)) continue;
    let end: StepEnd;
    try {
      if (away !== null) throw away;
      context.signal.throwIfAborted();
      end = await carriedOut(run, step, row);
    } catch (thrown) {
      // Left open: whoever resumes it goes on with it.
      if (context.signal.aborted) return;
      const error = asDeskError(thrown);
      const { code, message, remedy } = error;
      if (code === 'DIRECTORY_DOWN' || code === 'DIRECTORY_TIMEOUT') away = error;
      end = { state: 'failed', reason: code, message, remedy };
    }
    endWithoutTransaction(run, name, end);
    context.checkpoint(`ended:${step.word}`);
    tellPhase(run, step);
  }
}

/** What the plan does not ask of a directory is said as skipped, never as done. */
function skipUnplanned(run: Run): void {
  const { plan, context } = run;
  const preview = context.previews.get(run.snapshot().recovery.previewDigest);
  for (const step of DIRECTORY_STEPS) {
    if (isPlanned(plan, step)) continue;
    const message = whyNotPlanned(preview ?? {}, step.action);
    const end: StepEnd = { state: 'skipped', reason: 'NO_DIRECTORY', message };
    if (endWithoutTransaction(run, directoryStepName(step, plan), end)) tellPhase(run, step);
  }
}

/** The directory's part of a run, in the background. */
export interface BesideChain {
  /** When the chain has linked the person to the replacement: the directory follows. */
  linked(): void;
  /** Until nothing is being asked of the directory any more. Throws what the store threw, nothing of the directory. */
  settled(): Promise<void>;
}

/** Cuts the old access off at once, and goes on with the rest when the chain says so. */
export function besideChain(run: Run): BesideChain {
  skipUnplanned(run);
  const planned = DIRECTORY_STEPS.filter((step) => isPlanned(run.plan, step));
  const due = (when: DirectoryStep['when']): readonly DirectoryStep[] =>
    planned.filter((step) => step.when === when);
  let work = walk(run, due('at_once'));
  // Looked at when it is waited for: until then it must not count as unhandled.
  work.catch(() => undefined);
  return {
    linked() {
      work = work.then(() => walk(run, due('when_linked')));
      work.catch(() => undefined);
    },
    settled: () => work,
  };
}
