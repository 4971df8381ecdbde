/**
 * The engine: walks a confirmed plan, each effect at most once, judged by the chain (DESIGN 4). It acts only on what
 * the journal holds, and can be ended at any moment: the next run goes on from journal and chain.
 */
import type { Address } from '../../shared/address.ts';
import { asDeskError } from '../../shared/errors.ts';
import type { DeskError, ErrorCode } from '../../shared/errors.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { RecoverySnapshot } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import type { RecoveryStatus } from '../../shared/phases.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import { recoverOnChain } from './chain-walk.ts';
import { closeDown, isPastHope } from './closing.ts';
import { issueClaims } from './claims/issue-walk.ts';
import { accountableSince } from './accountable-since.ts';
import { expectedGas } from './cost.ts';
import { assertGoing } from './engine-context.ts';
import type { EngineContext, Ended, Run } from './engine-context.ts';
import { besideChain } from './directory-steps.ts';
import { createWallets } from './local-steps.ts';
import { patiently } from './patience.ts';
import { recoveryResult } from './result.ts';

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
  'WAITING_FOR_OPERATOR',
  'WAITING_FOR_SIGNATURES',
  'DESK_LOCKED',
  'OIDC_ENDED',
  'SIGNER_UNAVAILABLE',
  'SIGNER_TIMEOUT',
];

/** Those that somebody can put right, after which this very recovery goes on. */
const RESUMED: readonly ErrorCode[] = [
  'OPERATOR_KEY_IN_USE_ELSEWHERE',
  'CHAIN_ID_MISMATCH',
  'SIGNER_DECLINED',
  'SIGNER_ANSWER_WRONG',
];

const START_ANEW =
  'Nothing irreversible was done. Remove the cause, then start a new recovery: its preview shows how things stand.';

const ISSUE_ANEW = 'No claim was issued. Remove the cause, then look at what is missing and issue it again.';

interface Stored {
  readonly plan: Plan;
  readonly preview: Preview;
  readonly snapshot: () => RecoverySnapshot;
}

function storedOf(context: Pick<EngineContext, 'journal' | 'plans' | 'previews'>, id: string): Stored {
  const snapshot = (): RecoverySnapshot => {
    const found = context.journal.read(id);
    if (found !== null) return found;
    throw recoveryUnknown(id);
  };
  const { planDigest, previewDigest } = snapshot().recovery;
  const plan = context.plans.get(planDigest);
  const preview = context.previews.get(previewDigest);
  if (plan === null || preview === null) throw new Error(`recovery ${id} lacks its plan or preview`);
  return { plan, preview, snapshot };
}

async function openRun(
  context: EngineContext,
  id: string,
  { plan, preview, snapshot }: Stored,
  handedOut: Set<number>,
): Promise<Run> {
  await context.chain.assertChainId();
  const reader = await context.chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const view = { reader, scan: context.scanner(reader) };
  const since = new Map(
    await Promise.all(
      walletsOf(plan).map(
        async (wallet) => [wallet.lostWallet, await accountableSince(system, view, wallet, preview)] as const,
      ),
    ),
  );
  const { cost } = preview;
  const gasOf = (step: PlanStep): bigint => expectedGas(cost, system, step);
  // A preview counts the gas of a recovery.
  const claims = plan.claims === undefined ? null : plan.steps.reduce((sum, step) => sum + gasOf(step), 0n);
  const expected = { gas: claims ?? BigInt(cost.gas), gasPrice: BigInt(cost.gasPrice), gasOf };
  return { context, id, plan, system, since, expected, handedOut, snapshot };
}

/** Beside the chain the old access is cut off; neither waits for the other before the end. */
async function recoverAll(run: Run): Promise<RecoveryStatus> {
  assertGoing(run);
  await createWallets(run);
  const beside = besideChain(run);
  try {
    return await recoverOnChain(run, beside);
  } finally {
    await beside.settled();
  }
}

/** To the end of the plan; where the chain does not allow it any more, to an end that leaves nothing of ours open. */
async function walk(run: Run): Promise<Ended> {
  if (run.plan.claims !== undefined) return issueClaims(run);
  try {
    return { status: await recoverAll(run), reason: null };
  } catch (thrown) {
    if (!isPastHope(thrown)) throw thrown;
    await closeDown(run, thrown);
    const { code, message, remedy } = thrown;
    return { status: 'failed', reason: { code, message, remedy } };
  }
}

/** What is past its point of no return does not end by an error: it waits, or stops with a way on (DESIGN 4.8). */
function statusAfter(
  { recovery, transactions }: RecoverySnapshot,
  error: DeskError,
  own: Address,
): RecoveryStatus {
  if (WAITS.includes(error.code)) return 'waiting';
  if (recovery.noReturnAt !== null) return 'stopped';
  // Whoever does a part of it ends it for nobody else.
  if (own !== recovery.operator) return 'stopped';
  if (RESUMED.includes(error.code)) return 'stopped';
  // A transaction that may yet be mined is no end: its nonce would hold all that the operator sends later.
  const unsettled = transactions.some((row) => row.state === 'signed' || row.state === 'sent');
  if (unsettled) return 'stopped';
  return error.code === 'INTERRUPTED' ? 'cancelled' : 'failed';
}

/** Nonces reserved and never signed, by whomever: no end leaves one behind, for nobody would use it up any more. */
function dropUnsigned(context: EngineContext, { transactions }: RecoverySnapshot): void {
  const ids = transactions.flatMap((row) => (row.state === 'intended' ? [row.id] : []));
  if (ids.length > 0) context.journal.abandon(ids);
}

/**
 * Runs a recovery, or an issue of claims, to its end, or to where it waits or stops.
 * @throws DeskError RECOVERY_UNKNOWN, PLAN_ALTERED, CHAIN_ID_MISMATCH or SYSTEM_NOT_FOUND before anything was done, or
 *   of the store.
 */
export async function runToEnd(context: EngineContext, id: string): Promise<void> {
  const { journal } = context;
  const stored = storedOf(context, id);
  const handedOut = new Set<number>();
  let opened = false;
  try {
    const ended = await patiently(context, stored.snapshot, async () => {
      const run = await openRun(context, id, stored, handedOut);
      if (!opened) journal.setStatus(id, 'running', null);
      opened = true;
      return walk(run);
    });
    if (hasEnded(ended.status)) dropUnsigned(context, stored.snapshot());
    journal.setStatus(id, ended.status, ended.reason);
  } catch (thrown) {
    const error = asDeskError(thrown);
    const { code, message, remedy } = error;
    // A wrong endpoint says nothing of the recovery: it stays as it was.
    if (!opened && !WAITS.includes(code)) throw thrown;
    const status = statusAfter(stored.snapshot(), error, context.signers.own);
    if (hasEnded(status)) dropUnsigned(context, stored.snapshot());
    const anew = stored.plan.claims === undefined ? START_ANEW : ISSUE_ANEW;
    const next = status === 'failed' ? anew : remedy;
    journal.setStatus(id, status, { code, message, remedy: next });
    if (code === 'INTERNAL') throw thrown;
  }
}

/** Runs a recovery. @returns the result document; why it waits, stopped or failed stands in it. @throws as `runToEnd`. */
export async function runRecovery(context: EngineContext, id: string): Promise<RecoveryResult> {
  await runToEnd(context, id);
  const { snapshot, plan, preview } = storedOf(context, id);
  return recoveryResult(snapshot(), plan, preview);
}

/** The stored result of a recovery, without a chain. */
export function storedResult(
  context: Pick<EngineContext, 'journal' | 'plans' | 'previews'>,
  id: string,
): { readonly result: RecoveryResult; readonly plan: Plan } | null {
  if (context.journal.read(id) === null) return null;
  const { plan, preview, snapshot } = storedOf(context, id);
  return { result: recoveryResult(snapshot(), plan, preview), plan };
}
