/** Makes a plan that issues claims on a replacement identity: actions and bounds, named by a digest. Signs nothing. */
import { randomBytes } from 'node:crypto';
import type { Address } from '../../../shared/address.ts';
import type { ClaimsReport } from '../../../shared/claims.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { Plan } from '../../../shared/plan.ts';
import type { Preview } from '../../../shared/preview.ts';
import { isoTime } from '../../../shared/values.ts';
import type { Hex } from '../../../shared/values.ts';
import { gasLimitFor, highestGasPrice } from '../cost.ts';
import type { ReadContext } from '../needs.ts';
import { highestCost } from '../plan.ts';
import { chooseClaims } from './issue-choice.ts';
import type { Chosen, ChosenClaim, IssueRequest } from './issue-choice.ts';
import { assertMayIssue } from './may-issue.ts';
import type { ClaimRecords, OfRecovery } from './of-recovery.ts';
import { claimsReport } from './report.ts';
import type { ReportedClaims } from './report.ts';

export type IssuePrepared = Pick<Chosen, 'standing' | 'left'> & { readonly report: ClaimsReport } & (
    | { readonly kind: 'nothing' }
    | { readonly kind: 'planned'; readonly plan: Plan; readonly planDigest: Hex; readonly preview: Preview }
  );

/** Claims on an identity that is not the person's would tell of somebody else. @throws DeskError CLAIM_NOT_ISSUABLE */
export function assertLinked({ read, of }: Pick<ReportedClaims, 'read' | 'of'>): void {
  if (read.linked) return;
  throw new DeskError('CLAIM_NOT_ISSUABLE', {
    message: `The registry does not link the lost wallet to ${of.plan.replacement.address} with the identity ${of.plan.replacement.identity} now. Nothing was signed or sent.`,
    remedy: 'Finish the recovery first, or find out who changed the registration since.',
    retry: 'never',
  });
}

function planOf(
  context: ReadContext,
  { plan, snapshot }: OfRecovery,
  parts: { readonly steps: Plan['steps']; readonly issue: NonNullable<Plan['claims']>['issue'] },
  bound: bigint,
): Plan {
  // It is about the identity, which all wallets share: nothing is recovered or moved by it.
  const { further: _lost, healthy: _kept, ...recovered } = plan;
  return {
    ...recovered,
    createdAt: isoTime(context.now()),
    nonce: `0x${randomBytes(32).toString('hex')}`,
    evidence: [],
    holdReference: null,
    adopts: false,
    tokens: [],
    steps: parts.steps,
    claims: { recoveryId: snapshot.recovery.id, issue: parts.issue },
    highestCost: bound.toString(),
  };
}

async function makeIssuePlan(
  context: ReadContext,
  { read, of }: ReportedClaims,
  chosen: readonly ChosenClaim[],
  signer: Address,
): Promise<Plan> {
  const { address: wallet, identity } = of.plan.replacement;
  const orders = chosen.map((claim) => read.system.claiming.order({ ...claim, identity, wallet, signer }));
  const steps = orders.map(({ step }) => step);
  const gas = steps.reduce((sum, step) => sum + gasLimitFor(read.system.typicalGas(step)), 0n);
  const price = highestGasPrice(await context.chain.fees());
  const issue = orders.map(({ claim }) => claim);
  return planOf(context, of, { steps, issue }, highestCost(context, gas * price));
}

/**
 * Prepares an issue of claims: what is missing and the operator's key may issue, or what is asked for.
 * @returns `nothing` where what was asked for stands already, or nothing is missing.
 * @throws DeskError CLAIMS_BY_EXECUTOR, CLAIM_ISSUER_UNTRUSTED, CLAIM_NOT_ISSUABLE, CLAIMS_UNREADABLE, RECOVERY_UNKNOWN,
 *   of the network.
 */
export async function prepareIssue(
  context: ReadContext & ClaimRecords,
  recoveryId: string,
  operator: Address,
  request: IssueRequest,
): Promise<IssuePrepared> {
  const reported = await claimsReport(context, recoveryId);
  const { report } = reported;
  assertMayIssue(context, reported.of, operator);
  assertLinked(reported);
  const { claims, standing, left } = await chooseClaims(reported.read, report.missing, operator, request);
  if (claims.length === 0) return { kind: 'nothing', report, standing, left };
  const plan = await makeIssuePlan(context, reported, claims, operator);
  const planDigest = context.plans.save(plan);
  return { kind: 'planned', report, standing, left, plan, planDigest, preview: reported.of.preview };
}
