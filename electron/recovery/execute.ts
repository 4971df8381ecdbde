/** Starts a confirmed plan, and goes on with a recovery that was begun. */
import { randomBytes } from 'node:crypto';
import { DeskError } from '../../shared/errors.ts';
import type { Address } from '../../shared/address.ts';
import type { RecoverySnapshot } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import { auditingRefusal } from './audited-refusal.ts';
import { assertConfirmed, assertMayGoOn } from './confirmation.ts';
import { stepsNow } from './engine-context.ts';
import { isDirectoryStep } from './directory-outcome.ts';
import type { EngineContext } from './engine-context.ts';
import { allSteps } from './local-steps.ts';
import { buildPreview } from './preview.ts';
import type { PreviewRequest } from './preview-request.ts';
import { offerLeftovers } from './leftovers.ts';
import { assertMayRaise } from './raised-bound.ts';
import type { RaisedBound } from './raised-bound.ts';
import { notResumable, retryFailed } from './retry.ts';
import { signersHere } from './signers-here.ts';
import { isIndependent } from './base-steps.ts';
import { planChanges } from './void-check.ts';
import type { PlanChanges } from './void-check.ts';

export interface Confirmed {
  readonly planDigest: Hex;
  /** The preview that the plan was made from, and was reviewed. */
  readonly previewDigest: Hex;
  readonly request: PreviewRequest;
  readonly typed: string;
}

export interface Begun {
  readonly id: string;
  /** What changed since the review without voiding the plan. */
  readonly changes: PlanChanges;
}

function planOf(context: EngineContext, digest: Hex): Plan {
  const plan = context.plans.get(digest);
  if (plan === null) throw new Error(`there is no plan ${digest}`);
  return plan;
}

/** One submitter per signing address: another recovery's open nonces come first (DESIGN 4.11). */
export function assertSignerFree(
  { journal, chain }: EngineContext,
  signer: Address,
  own: string | null,
): void {
  const other = journal
    .unsettled(chain.chainId, signer)
    .map((row) => journal.read(row.recoveryId)?.recovery)
    .find((row) => row !== undefined && row.id !== own && !hasEnded(row.status));
  if (other === undefined) return;
  throw new DeskError('OPERATOR_BUSY', {
    message: `Recovery ${other.id} still has transactions of the operator ${signer} under way. Nothing was done.`,
    remedy: `Finish it first: resume ${other.id}`,
    retry: 'safe',
  });
}

/** A plan names who signs it: nobody begins what others planned for themselves. */
function assertOwnPlan({ signers }: EngineContext, { request }: Confirmed): void {
  if (request.operator === signers.own) return;
  throw new DeskError('OPERATOR_DIFFERS', {
    message: `The plan was made for ${request.operator}, and this is the key of ${signers.own}. Nothing was done.`,
    remedy: `Begin it with the keystore of ${request.operator}, or make a plan of your own.`,
    retry: 'never',
  });
}

async function assertUnchanged(
  context: EngineContext,
  confirmed: Confirmed,
  plan: Plan,
): Promise<PlanChanges> {
  const before = context.previews.get(confirmed.previewDigest);
  if (before === null) throw new Error(`there is no preview ${confirmed.previewDigest}`);
  const { preview: after } = await buildPreview(context, {
    ...confirmed.request,
    scope: new Map(
      walletsOf(plan).map(({ lostWallet, tokens }) => [lostWallet, tokens.map(({ address }) => address)]),
    ),
    known: before.participant,
  });
  const changes = planChanges(before, after);
  if (changes.voiding.length > 0) {
    throw new DeskError('PLAN_VOID', {
      message: `Since the plan was made, ${changes.voiding.join('; ')}. Nothing was done.`,
      remedy: 'Start over: the new preview shows things as they are now.',
      retry: 'never',
    });
  }
  const first = after.blockers[0];
  if (first === undefined) return changes;
  throw new DeskError('BLOCKED', {
    message: `${after.blockers.map((blocker) => blocker.message).join(' ')} Nothing was done.`,
    remedy: first.remedy,
    retry: 'never',
  });
}

/** Another chain, system or family would judge the plan by what has nothing to do with it. */
function assertSameNetwork(context: EngineContext, plan: Plan): void {
  const { profile, protocol } = context;
  const { chainId, system } = plan.network;
  if (profile.chainId === chainId && profile.system === system && protocol.kind === plan.network.protocol)
    return;
  throw new DeskError(profile.chainId === chainId ? 'SYSTEM_NOT_FOUND' : 'CHAIN_ID_MISMATCH', {
    message: `The recovery was begun on chain ${chainId} with system ${system}; the profile names chain ${profile.chainId} with system ${profile.system ?? 'none'}. Nothing was done.`,
    remedy: 'Resume with a profile of the network that the recovery was begun on.',
    retry: 'never',
  });
}

/**
 * Checks the confirmation and that what the plan rests on still stands, then opens the recovery in the journal.
 * @throws DeskError CONFIRMATION_WRONG, OPERATOR_DIFFERS, PLAN_VOID, BLOCKED, OPERATOR_BUSY, BROADCAST_REJECTED,
 *   OPERATOR_OUT_OF_FUNDS, PLAN_USED, RECOVERY_IN_PROGRESS, PLAN_ALTERED: each with a row in the audit log.
 */
export function beginRecovery(context: EngineContext, confirmed: Confirmed): Promise<Begun> {
  return auditingRefusal(context, confirmed.planDigest, () => begin(context, confirmed));
}

async function begin(context: EngineContext, confirmed: Confirmed): Promise<Begun> {
  const plan = planOf(context, confirmed.planDigest);
  assertConfirmed(plan, confirmed.typed);
  assertOwnPlan(context, confirmed);
  for (const signer of signersHere(context, plan)) assertSignerFree(context, signer, null);
  const changes = await assertUnchanged(context, confirmed, plan);
  const preview = context.previews.get(confirmed.previewDigest);
  if (preview === null) throw new Error(`there is no preview ${confirmed.previewDigest}`);
  for (const signer of signersHere(context, plan)) await offerLeftovers(context, signer, null);
  const id = `R-${randomBytes(5).toString('hex')}`;
  context.journal.begin({
    id,
    caseId: plan.caseId,
    plan,
    preview,
    operator: context.signers.own,
    profile: { file: context.profileFile },
    steps: allSteps(plan),
  });
  context.checkpoint('begun');
  return { id, changes };
}

/** Names of steps that failed at the participant directory. */
function failedAtDirectory(snapshot: RecoverySnapshot): readonly string[] {
  const rows = [...stepsNow(snapshot).values()];
  return rows.flatMap((row) => (row.state === 'failed' && isDirectoryStep(row) ? [row.name] : []));
}

/**
 * Steps that everything rests on and that were refused when they were mined: judged anew, and tried again if open.
 * With them what failed at the participant directory.
 */
function retryOpen(
  context: EngineContext,
  snapshot: RecoverySnapshot,
  openAtDirectory: readonly string[],
): void {
  const rows = stepsNow(snapshot);
  const failed = planOf(context, snapshot.recovery.planDigest).steps.filter(
    (step) => !isIndependent(step) && rows.get(step.name)?.state === 'failed',
  );
  const names = [...failed.map((step) => step.name), ...openAtDirectory];
  if (names.length > 0) context.journal.retry(snapshot.recovery.id, names);
}

/**
 * Makes a recovery ready to be run again: one that was cut off, waits or stopped; of one that completed with token
 * failures, the failed tokens of those who are here.
 * @param raised a higher cost bound than the one that counts so far, confirmed like a plan.
 * @throws DeskError RECOVERY_UNKNOWN, RECOVERY_NOT_RESUMABLE, OPERATOR_DIFFERS, CONFIRMATION_MISSING, OPERATOR_BUSY,
 *   CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, BROADCAST_REJECTED, OPERATOR_OUT_OF_FUNDS, and of a raised bound
 *   CONFIRMATION_WRONG, BAD_USAGE, BLOCKED.
 */
export async function readyToResume(
  context: EngineContext,
  id: string,
  raised: RaisedBound | null = null,
): Promise<void> {
  const snapshot = context.journal.read(id);
  if (snapshot === null) throw recoveryUnknown(id);
  return auditingRefusal(context, snapshot.recovery.planDigest, () => makeReady(context, snapshot, raised));
}

async function makeReady(
  context: EngineContext,
  snapshot: RecoverySnapshot,
  raised: RaisedBound | null,
): Promise<void> {
  const { id, status } = snapshot.recovery;
  const plan = planOf(context, snapshot.recovery.planDigest);
  assertMayGoOn(snapshot, plan, context.signers.own);
  assertSameNetwork(context, plan);
  for (const signer of signersHere(context, plan)) assertSignerFree(context, signer, id);
  if (raised !== null) assertMayRaise(context, plan, snapshot.recovery, raised);
  const openAtDirectory = failedAtDirectory(snapshot);
  const retried =
    status === 'completed_with_token_failures' || (status === 'completed' && openAtDirectory.length > 0);
  if (hasEnded(status) && !retried) notResumable(id, status);
  for (const signer of signersHere(context, plan)) await offerLeftovers(context, signer, id);
  if (retried) retryFailed(context, plan, snapshot, raised !== null);
  else retryOpen(context, snapshot, openAtDirectory);
  if (raised === null) return;
  context.journal.raiseBound(id, raised.highestCost);
  context.confirmedBounds.set(id, BigInt(raised.highestCost));
}
