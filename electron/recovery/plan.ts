/** Makes a plan of a preview without blockers: actions and bounds, named by a digest. */
import { randomBytes } from 'node:crypto';
import { DeskError } from '../../shared/errors.ts';
import type { Plan, PlannedWallet } from '../../shared/plan.ts';
import { lostPreviews } from '../../shared/preview.ts';
import type { LostPreview, Preview } from '../../shared/preview.ts';
import { isoTime } from '../../shared/values.ts';
import { directoryPart } from './directory-plan.ts';
import { valueOf } from './funds.ts';
import type { ReadContext } from './needs.ts';
import type { BuiltPreview } from './preview.ts';

export interface PlanRequest {
  readonly caseId: string;
  /** The reference under which a possible legal hold was acknowledged. */
  readonly holdReference: string | null;
}

function assertPlannable({ preview }: BuiltPreview, request: PlanRequest): void {
  const { blockers } = preview;
  const first = blockers[0];
  if (first !== undefined) {
    throw new DeskError('BLOCKED', {
      message: `The person cannot be recovered now: ${blockers.map((blocker) => blocker.message).join(' ')}`,
      remedy: first.remedy,
      retry: 'never',
    });
  }
  assertHoldAcknowledged(preview, request.holdReference);
}

/**
 * A frozen lost wallet may be a legal hold: nothing is planned, and no wallet made, before somebody answers for it.
 * @throws DeskError HOLD_REFERENCE_MISSING
 */
export function assertHoldAcknowledged(preview: Preview, holdReference: string | null): void {
  const held = preview.warnings.find((warning) => warning.code === 'LEGAL_HOLD_POSSIBLE');
  if (held === undefined || (holdReference ?? '').trim() !== '') return;
  throw new DeskError('HOLD_REFERENCE_MISSING', {
    message: `${held.message} No plan was made.`,
    remedy: held.remedy,
    retry: 'safe',
  });
}

/**
 * The bound on all transactions together: the estimate with the margin of the policy, and never above its limit.
 * @param given wei of the estimate that are given to replacements, which have their margin.
 */
export function highestCost(
  context: Pick<ReadContext, 'policy'>,
  estimate: bigint,
  given: bigint = 0n,
): bigint {
  const withMargin = ((estimate - given) * BigInt(context.policy.costMarginPercent)) / 100n + given;
  const limit = context.policy.highestCostWei;
  return limit !== null && BigInt(limit) < withMargin ? BigInt(limit) : withMargin;
}

const LACKS = 'a preview without blockers lacks what a plan is made of';

function countryOf({ lost, replacement }: LostPreview): number | null {
  return lost.country ?? replacement?.standing.country ?? null;
}

/** @param country of the person, for a wallet lost before whose replacement is not registered any more either. */
function plannedWallet(preview: LostPreview, country: number | null): PlannedWallet {
  const { lostWallet, replacement, oldIdentity, adopts } = preview;
  if (lostWallet === null || replacement === null || country === null || replacement.control === 'none')
    throw new Error(LACKS);
  return {
    lostWallet,
    country,
    oldIdentity,
    replacement: {
      address: replacement.address,
      kind: replacement.kind,
      control: replacement.control,
      identity: replacement.identity,
    },
    adopts,
    tokens: preview.tokens.map((token) => ({
      address: token.address,
      symbol: token.symbol,
      amount: 'whole balance' as const,
    })),
  };
}

function healthyPart({ others }: Preview): Pick<Plan, 'healthy'> {
  const healthy = (others ?? []).map(({ wallet, standing, says }) => {
    if (standing.identity === null || says === 'undecided') throw new Error(LACKS);
    return { wallet, identity: standing.identity, moves: says === 'moves' };
  });
  return healthy.length === 0 ? {} : { healthy };
}

/**
 * Makes the plan. The preview must carry the chosen replacement.
 * @throws DeskError BLOCKED, HOLD_REFERENCE_MISSING.
 */
export function makePlan(context: ReadContext, built: BuiltPreview, request: PlanRequest): Plan {
  assertPlannable(built, request);
  const { preview, facts } = built;
  const lost = lostPreviews(preview);
  const country = lost.map(countryOf).find((known) => known !== null) ?? null;
  const [first, ...further] = lost.map((one) => plannedWallet(one, countryOf(one) ?? country));
  if (first === undefined) throw new Error(LACKS);
  return {
    format: 'recovery-desk/plan',
    version: 1,
    flowVersion: 1,
    createdAt: isoTime(context.now()),
    nonce: `0x${randomBytes(32).toString('hex')}`,
    network: {
      chainId: preview.network.chainId,
      protocol: preview.network.protocol,
      system: preview.network.system,
    },
    caseId: request.caseId,
    participantId: preview.participant.id,
    reason: preview.case.reason,
    ticket: preview.case.ticket,
    evidence: [...preview.case.evidence],
    holdReference: request.holdReference,
    ...first,
    ...(further.length === 0 ? {} : { further }),
    ...healthyPart(preview),
    steps: [...facts.steps],
    ...directoryPart(preview),
    highestCost: highestCost(
      context,
      BigInt(preview.cost.estimate),
      facts.steps.reduce((sum, step) => sum + valueOf(step), 0n),
    ).toString(),
  };
}
