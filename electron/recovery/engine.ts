/**
 * The engine: walks a confirmed plan, each effect at most once, judged by the chain (DESIGN 4). It acts only on what
 * the journal holds, and can be ended at any moment: the next run goes on from journal and chain.
 */
import { DeskError, asDeskError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { PhaseName, RecoveryStatus } from '../../shared/phases.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import { awaitFinal } from './conclusion.ts';
import { recoveryOf, stepsNow } from './engine-context.ts';
import type { EngineContext, Run } from './engine-context.ts';
import { createWallet, skipDirectorySteps } from './local-steps.ts';
import { giveUpLostNonces } from './mining.ts';
import { phaseReports } from './phase-reports.ts';
import { recoveryResult } from './result.ts';
import { verify } from './verification.ts';
import { resumeIntents, runWave } from './waves.ts';

/** Errors that pass when the network or somebody does something; the recovery waits for that. */
const WAITS: readonly ErrorCode[] = [
  'ENDPOINT_UNREACHABLE',
  'ENDPOINT_TIMEOUT',
  'ENDPOINT_REFUSED',
  'ENDPOINT_GARBAGE',
  'RPC_ERROR',
  'BLOCK_CHANGED',
  'LOG_SCAN_FAILED',
  'OPERATOR_OUT_OF_FUNDS',
];

/** Those worth trying again in the same run, as long as patience lasts. */
const RETRIED: readonly ErrorCode[] = [
  'ENDPOINT_UNREACHABLE',
  'ENDPOINT_TIMEOUT',
  'ENDPOINT_GARBAGE',
  'BLOCK_CHANGED',
];

const RETRY_AFTER_MS = 1_000;

async function openRun(context: EngineContext, id: string): Promise<{ run: Run; preview: Preview }> {
  const snapshot = (): NonNullable<ReturnType<typeof context.journal.read>> => {
    const found = context.journal.read(id);
    if (found !== null) return found;
    throw new DeskError('RECOVERY_UNKNOWN', {
      message: `There is no recovery ${id} in this data folder.`,
      remedy: 'Run `list` to see those that are there.',
      retry: 'never',
    });
  };
  const { planDigest, previewDigest } = snapshot().recovery;
  const plan = context.plans.get(planDigest);
  const preview = context.previews.get(previewDigest);
  if (plan === null || preview === null) throw new Error(`recovery ${id} lacks its plan or preview`);
  await context.chain.assertChainId();
  const system = await context.protocol.openSystem(await context.chain.pin(), context.profile);
  const since = plan.adopts ? 0 : preview.block.number;
  return { run: { context, id, plan, system, since, snapshot }, preview };
}

function phaseNow(run: Run, phase: PhaseName): void {
  const report = phaseReports(run.snapshot(), run.plan).find((candidate) => candidate.name === phase);
  if (report === undefined || report.status === 'pending') return;
  const { status, reason } = report;
  run.context.progress({ kind: 'phase', phase, status, ...(reason === undefined ? {} : { reason }) });
}

async function wave(
  run: Run,
  phases: readonly PhaseName[],
  roles: readonly PlanStep['role'][],
): Promise<void> {
  const steps = run.plan.steps.filter((step) => roles.includes(step.role));
  for (const phase of phases) {
    if (steps.some((step) => step.phase === phase))
      run.context.progress({ kind: 'phase', phase, status: 'running' });
  }
  await runWave(run, steps);
  for (const phase of phases) phaseNow(run, phase);
}

async function walk(run: Run): Promise<RecoveryStatus> {
  await createWallet(run);
  skipDirectorySteps(run);
  await giveUpLostNonces(run);
  await resumeIntents(run);
  await wave(run, ['contain', 'create_identity'], ['contain', 'prepare']);
  await wave(run, ['recover_identity'], ['relink']);
  run.context.progress({ kind: 'phase', phase: 'recover_tokens', status: 'running' });
  await wave(run, [], ['token']);
  await awaitFinal(run);
  await wave(run, [], ['release']);
  await awaitFinal(run);
  phaseNow(run, 'recover_tokens');
  await verify(run);
  const rows = stepsNow(run.snapshot());
  const failed = run.plan.steps.some(
    (step) => step.role === 'token' && rows.get(step.name)?.state === 'failed',
  );
  const verified = [...rows.values()].every((row) => row.phase !== 'verify' || row.state === 'done');
  return failed || !verified ? 'completed_with_token_failures' : 'completed';
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timeout = AbortSignal.any([AbortSignal.timeout(RETRY_AFTER_MS), signal]);
    if (timeout.aborted) resolve();
    else timeout.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Walks again while the network is away, for as long as policy is patient. */
async function walkPatiently(run: Run): Promise<RecoveryStatus> {
  const { now, policy, signal, progress } = run.context;
  let since: number | null = null;
  for (;;) {
    try {
      return await walk(run);
    } catch (thrown) {
      const error = asDeskError(thrown);
      since ??= now().getTime();
      const patient = now().getTime() - since < policy.networkPatienceSeconds * 1000;
      if (!RETRIED.includes(error.code) || !patient || signal.aborted) throw thrown;
      progress({ kind: 'waiting', what: `network: ${error.message}` });
      await rest(signal);
    }
  }
}

/** A recovery past its point of no return never ends but completed (DESIGN 4.8). */
function statusAfter(run: Run, error: DeskError): RecoveryStatus {
  if (WAITS.includes(error.code)) return 'waiting';
  if (recoveryOf(run).noReturnAt !== null) return 'stopped';
  if (error.code === 'INTERRUPTED') return 'cancelled';
  // A transaction that may yet be mined, or a key that others use, is no end: the way on is to resume.
  const unsettled = run.snapshot().transactions.some((row) => row.state === 'signed' || row.state === 'sent');
  return unsettled ? 'stopped' : 'failed';
}

/** Nonces reserved and never signed: a run that ends in order has signed nothing with them. */
function dropUnsigned(run: Run): void {
  const ids = run.snapshot().transactions.flatMap((row) => (row.state === 'intended' ? [row.id] : []));
  if (ids.length > 0) run.context.journal.abandon(ids);
}

/**
 * Runs a recovery to its end, or to where it waits or stops.
 * @returns the result document; why it waits, stopped or failed stands in it.
 * @throws DeskError RECOVERY_UNKNOWN, PLAN_ALTERED, of the network (before anything was read) or of the store.
 */
export async function runRecovery(context: EngineContext, id: string): Promise<RecoveryResult> {
  const { run, preview } = await openRun(context, id);
  context.journal.setStatus(id, 'running', null);
  try {
    context.journal.setStatus(id, await walkPatiently(run), null);
  } catch (thrown) {
    const error = asDeskError(thrown);
    const status = statusAfter(run, error);
    if (status === 'failed' || status === 'cancelled') dropUnsigned(run);
    const { code, message, remedy } = error;
    context.journal.setStatus(id, status, { code, message, remedy });
    if (code === 'INTERNAL') throw thrown;
  }
  return recoveryResult(run.snapshot(), run.plan, preview);
}

/** The stored result of a recovery, without a chain. */
export function storedResult(
  context: Pick<EngineContext, 'journal' | 'plans' | 'previews'>,
  id: string,
): { readonly result: RecoveryResult; readonly plan: Plan } | null {
  const snapshot = context.journal.read(id);
  if (snapshot === null) return null;
  const plan = context.plans.get(snapshot.recovery.planDigest);
  const preview = context.previews.get(snapshot.recovery.previewDigest);
  if (plan === null || preview === null) throw new Error(`recovery ${id} lacks its plan or preview`);
  return { result: recoveryResult(snapshot, plan, preview), plan };
}
