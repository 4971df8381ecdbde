/** What of a recovery that completed is tried again: what failed, of those who are here. */
import { DeskError } from '../../shared/errors.ts';
import type { RecoverySnapshot, StepRow } from '../../shared/journal.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import { goesHoldersWay, isHoldersOwn, symbolsOfSteps } from '../../shared/holders-way.ts';
import { stepsNow } from './engine-context.ts';
import type { EngineContext } from './engine-context.ts';
import { holdersOwnCall } from './holders-own-call.ts';
import { asActed } from './holders-way.ts';
import { stepBeside, tokensBefore, tokenWaves } from './links.ts';
import { stepWords } from './parts.ts';
import { actorsHere } from './signers-here.ts';
import { bySigner } from './slots.ts';

export function notResumable(id: string, status: string): never {
  throw new DeskError('RECOVERY_NOT_RESUMABLE', {
    message: `Recovery ${id} has ended (${status}): there is nothing to go on with.`,
    remedy:
      status === 'completed'
        ? 'Nothing needs doing.'
        : 'Start a new recovery; its preview shows where things stand.',
    retry: 'never',
  });
}

/** @throws DeskError RECOVERY_NOT_RESUMABLE: whose turn it is instead. */
function onlyOthersRetry(id: string, plan: Plan, failed: readonly PlanStep[]): never {
  const parts = [...bySigner(failed)];
  const whose = parts.map(([signer, steps]) => `${signer} (${stepWords(plan, steps)})`).join(' and ');
  throw new DeskError('RECOVERY_NOT_RESUMABLE', {
    message: `Of recovery ${id} only steps failed that somebody else signs: ${whose}. Nothing was done.`,
    remedy: `Have ${parts.map(([signer]) => signer).join(' and ')} retry them, with the own keystore: resume ${id}`,
    retry: 'safe',
  });
}

/** @throws DeskError RECOVERY_NOT_RESUMABLE: what it takes. */
function onlyReplacementRetries(id: string, failed: readonly PlanStep[]): never {
  const wallets = [...bySigner(failed).keys()].join(' and ');
  throw new DeskError('RECOVERY_NOT_RESUMABLE', {
    message: `Of recovery ${id} only tokens failed that the replacement wallet ${wallets} recovers itself, and its key is not open. Nothing was done.`,
    remedy: `Give the passphrase of that wallet: resume ${id} --replacement-passphrase-file FILE; or in the window when it is asked for.`,
    retry: 'safe',
  });
}

/** Steps of wallets that sign nothing at the desk any more. */
function ownOfHolder({ journal }: EngineContext, plan: Plan): readonly PlanStep[] {
  return plan.steps.filter(
    (step) => goesHoldersWay(step) && isHoldersOwn(journal.handOverOfWallet(step.signer), step.signer),
  );
}

/** @throws DeskError HOLDERS_WAY_CLOSED: how the holder does it. */
function onlyHolderRecovers(plan: Plan, failed: readonly PlanStep[]): never {
  throw new DeskError('HOLDERS_WAY_CLOSED', {
    message: `${symbolsOfSteps(plan, failed).join(', ')} can be recovered by the holder alone: the wallet is theirs, and the desk signs nothing with it. Nothing was done.`,
    remedy: `Tell the holder. ${failed.map(holdersOwnCall).join(' ')}`,
    retry: 'never',
  });
}

/** A replacement is given coin anew only for what it is to sign anew. */
function isNeedlessFund(plan: Plan, { name }: StepRow, tried: readonly StepRow[]): boolean {
  const fund = plan.steps.find((step) => step.role === 'fund' && step.name === name);
  if (fund === undefined) return false;
  const names = new Set(tried.map((row) => row.name));
  return !plan.steps.some((step) => step.signer === fund.wallet && names.has(step.name));
}

/** Tokens that were recovered from a wallet before this retry brings something there: it goes on from there, too. */
function takenAlong(
  plan: Plan,
  retried: readonly string[],
  state: ReadonlyMap<string, string>,
): readonly string[] {
  const names = new Set(retried);
  // Of hops that follow each other the later one is found by the one before.
  for (const wave of tokenWaves(plan)) {
    for (const step of wave) {
      const brought = tokensBefore(plan, step).some(({ name }) => names.has(name));
      if (brought && state.get(step.name) === 'done') names.add(step.name);
    }
  }
  return [...names].filter((name) => !retried.includes(name));
}

/** @param raises whether a higher bound is confirmed with it: that counts for those, too, who retry theirs later. */
export function retryFailed(
  context: EngineContext,
  plan: Plan,
  snapshot: RecoverySnapshot,
  raises: boolean,
): void {
  const { id } = snapshot.recovery;
  const rows = [...stepsNow(snapshot).values()];
  const state = new Map(rows.map((row) => [row.name, row.state]));
  // Of a token that was recovered there is nothing left to freeze.
  const settled = plan.steps.flatMap((step) => {
    const token = step.role === 'contain' ? stepBeside(plan, step, 'token') : undefined;
    return token !== undefined && state.get(token.name) === 'done' ? [step.name] : [];
  });
  // Those of others would only wait for them.
  const here = new Set(actorsHere(context, plan));
  const ofOthers = plan.steps.flatMap((step) => (here.has(step.signer) ? [] : [step.name]));
  const closed = ownOfHolder(context, plan);
  const left = new Set(closed.map(({ name }) => name));
  const tried = rows.filter(
    (row) =>
      row.state === 'failed' &&
      row.phase !== 'verify' &&
      !settled.includes(row.name) &&
      !ofOthers.includes(row.name) &&
      !left.has(row.name),
  );
  const failed = tried.filter((row) => !isNeedlessFund(plan, row, tried));
  const releaseNames = plan.steps.flatMap((step) =>
    step.role === 'release' && here.has(step.signer) ? [step.name] : [],
  );
  const releases = rows.filter((row) => row.state === 'skipped' && releaseNames.includes(row.name));
  const verify = rows.filter((row) => row.phase === 'verify');
  if (failed.length === 0 && !raises && verify.every((row) => row.state === 'done')) {
    const isFailed = ({ name }: PlanStep): boolean => state.get(name) === 'failed';
    const theirs = plan.steps.filter(
      (step) => ofOthers.includes(step.name) && isFailed(step) && !left.has(step.name),
    );
    const holders = closed.filter(isFailed);
    if (theirs.length === 0 && holders.length > 0) return onlyHolderRecovers(plan, holders);
    if (theirs.length === 0) return notResumable(id, 'completed');
    if (theirs.every(goesHoldersWay)) return onlyReplacementRetries(id, theirs);
    return onlyOthersRetry(id, plan, asActed(plan, snapshot.recovery.operator, theirs));
  }
  const names = [...failed, ...releases, ...verify].map((row) => row.name);
  context.journal.retry(id, [...names, ...takenAlong(plan, names, state)]);
}
