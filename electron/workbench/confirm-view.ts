/** What the entry window shows of a plan that is to be confirmed: drawn from what is stored, every wallet in full. */
import type { ConfirmView } from '../../shared/entry-view.ts';
import { goesHoldersWay, symbolsOfSteps } from '../../shared/holders-way.ts';
import { confirmationText, walletsOf } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import { lostPreviews } from '../../shared/preview.ts';
import type { Preview } from '../../shared/preview.ts';
import { REASON_TITLES } from '../../shared/recovery-reasons.ts';
import type { Hex } from '../../shared/values.ts';
import { valueOf } from '../recovery/funds.ts';

export interface Confirmed {
  /** The preview that the plan was made of. */
  readonly preview: Preview;
  readonly plan: Plan;
  readonly digest: Hex;
  /** In wei; by default what the plan says. */
  readonly highestCost?: string | null;
}

function furtherPart(plan: Plan): Pick<ConfirmView, 'further'> {
  const further = (plan.further ?? []).map(({ lostWallet, replacement }) => ({
    lostWallet,
    replacementWallet: replacement.address,
    before: replacement.control === 'standing',
  }));
  return further.length === 0 ? {} : { further };
}

function healthyPart({ healthy }: Plan): Pick<ConfirmView, 'healthy'> {
  if (healthy === undefined) return {};
  return { healthy: healthy.map(({ wallet, moves }) => ({ wallet, moves })) };
}

/**
 * SECURITY: that a new wallet signs itself, and is given coin for it, is what the page chose: it counts because a person
 * read it where the page cannot reach.
 */
function holdersWayPart(plan: Plan): Pick<ConfirmView, 'holdersWay'> {
  const own = plan.steps.filter(goesHoldersWay);
  if (own.length === 0) return {};
  const given = plan.steps.reduce((sum, step) => sum + valueOf(step), 0n);
  return { holdersWay: { tokens: [...symbolsOfSteps(plan, own)], given: given.toString() } };
}

/** The view, but for what whoever confirms shows of themselves. */
export function confirmViewOf({ preview, plan, digest, highestCost }: Confirmed): Omit<ConfirmView, 'proof'> {
  const count = (number: number, tokens: readonly unknown[]): number => number + tokens.length;
  const failing = lostPreviews(preview).map(({ tokens }) =>
    tokens.filter(({ predicted }) => predicted.outcome === 'fails'),
  );
  return {
    kind: 'confirm',
    person: preview.participant.name ?? preview.participant.id,
    ticket: plan.ticket,
    reason: REASON_TITLES[plan.reason],
    network: preview.network.name,
    chainId: plan.network.chainId,
    practice: preview.network.practice,
    lostWallet: plan.lostWallet,
    replacementWallet: plan.replacement.address,
    replacementIdentity: plan.replacement.identity,
    ...furtherPart(plan),
    ...healthyPart(plan),
    tokens: walletsOf(plan)
      .map(({ tokens }) => tokens)
      .reduce(count, 0),
    expectedToFail: failing.reduce(count, 0),
    ...holdersWayPart(plan),
    highestCost: highestCost ?? plan.highestCost,
    digest,
    text: confirmationText(plan),
  };
}
