/** Begins a confirmed issue of claims, and runs one to its end. */
import { randomBytes } from 'node:crypto';
import type { Address } from '../../../shared/address.ts';
import type { ClaimIssue } from '../../../shared/claims.ts';
import { DeskError } from '../../../shared/errors.ts';
import { hasEnded } from '../../../shared/phases.ts';
import type { Plan } from '../../../shared/plan.ts';
import type { Hex } from '../../../shared/values.ts';
import { auditingRefusal } from '../audited-refusal.ts';
import { assertConfirmed } from '../confirmation.ts';
import { runToEnd } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { assertSignerFree } from '../execute.ts';
import { offerLeftovers } from '../leftovers.ts';
import { issueResult } from './issue-result.ts';
import { issueSteps } from './issue-walk.ts';
import { assertLinked } from './issue-plan.ts';
import { assertMayIssue } from './may-issue.ts';
import { claimsOfRecovery, readClaims } from './of-recovery.ts';
import type { ClaimRecords, ClaimsRead } from './of-recovery.ts';

/** Nothing is begun that the chain refuses by now: an issuer may have lost its trust, or its key, since the plan was made. */
async function assertIssuable({ view, system }: ClaimsRead, plan: Plan): Promise<void> {
  const { lostWallet: lost, replacement } = plan;
  const link = { lost, replacement: replacement.address, identity: replacement.identity };
  const verdicts = await system.postconditions(view, plan.steps, {
    ...link,
    since: view.reader.block.number,
    ours: new Set(),
  });
  const refused = verdicts.find((verdict) => verdict.kind === 'impossible');
  if (refused?.kind !== 'impossible') return;
  throw new DeskError('CLAIM_NOT_ISSUABLE', {
    message: `${refused.message} Nothing was signed or sent.`,
    remedy: refused.remedy,
    retry: 'never',
  });
}

/** A claim is signed here or not at all. @throws DeskError CLAIM_NOT_ISSUABLE */
function assertKeyHere({ signers }: EngineContext): void {
  if (signers.get(signers.own) !== null) return;
  throw new DeskError('CLAIM_NOT_ISSUABLE', {
    message: `What ${signers.own} signs is signed elsewhere, and a claim has to be signed at this desk. Nothing was signed or sent.`,
    remedy: 'Save the request for this issuer, and have the claims issued with its own means.',
    retry: 'never',
  });
}

/** A plan names who signs it. @throws DeskError OPERATOR_DIFFERS */
function assertOwn({ signers }: EngineContext, plan: Plan): void {
  const other = plan.steps.find(({ signer }) => signer !== signers.own);
  if (other === undefined) return;
  throw new DeskError('OPERATOR_DIFFERS', {
    message: `The plan was made for ${other.signer}, and this is the key of ${signers.own}. Nothing was done.`,
    remedy: `Issue the claims as ${other.signer}, or make a plan of your own.`,
    retry: 'never',
  });
}

/**
 * Checks the confirmation and that what the plan rests on still stands, then opens the issue in the journal.
 * @returns its id.
 * @throws DeskError CONFIRMATION_WRONG, OPERATOR_DIFFERS, CLAIMS_BY_EXECUTOR, CLAIM_NOT_ISSUABLE, OPERATOR_BUSY, PLAN_USED,
 *   RECOVERY_IN_PROGRESS, PLAN_ALTERED, of the network: what is refused has a row in the audit log.
 */
export function beginIssue(
  context: EngineContext,
  confirmed: { readonly planDigest: Hex; readonly typed: string },
): Promise<string> {
  return auditingRefusal(context, confirmed.planDigest, () => begin(context, confirmed));
}

async function begin(
  context: EngineContext,
  { planDigest, typed }: { readonly planDigest: Hex; readonly typed: string },
): Promise<string> {
  const plan = context.plans.get(planDigest);
  const claims = plan?.claims;
  if (plan === null || claims === undefined)
    throw new Error(`there is no plan ${planDigest} that issues claims`);
  const { own } = context.signers;
  assertConfirmed(plan, typed);
  assertOwn(context, plan);
  assertKeyHere(context);
  const of = claimsOfRecovery(context, claims.recoveryId);
  assertMayIssue(context, of, own);
  assertSignerFree(context, own, null);
  const read = await readClaims(context, of);
  assertLinked({ read, of });
  await assertIssuable(read, plan);
  await offerLeftovers(context, own, null);
  const id = `C-${randomBytes(5).toString('hex')}`;
  context.journal.begin({
    id,
    caseId: plan.caseId,
    plan,
    preview: of.preview,
    operator: own,
    profile: { file: context.profileFile },
    steps: issueSteps(plan),
  });
  context.checkpoint('begun');
  return id;
}

/** Runs an issue to its end, or to where it waits or stops. @throws as `runToEnd`. */
export async function runIssue(context: EngineContext, id: string): Promise<ClaimIssue> {
  await runToEnd(context, id);
  return issueResult(context, id);
}

/** The issue of a recovery's claims that the operator began and that has not ended; null for none. */
export function openIssue(
  { journal }: Pick<ClaimRecords, 'journal'>,
  recoveryId: string,
  operator: Address,
): string | null {
  const open = journal
    .issues()
    .find((row) => row.claimsOf === recoveryId && row.operator === operator && !hasEnded(row.status));
  return open?.id ?? null;
}
