/**
 * The holder's way: a token whose custodian right nobody named holds is recovered by the replacement wallet itself, which
 * needs none (CHAIN A). Its key is the desk's until the hand-over. It signs by the operator's confirmation of the plan, and
 * what it cannot do holds nothing else up.
 */
import type { Address } from '../../shared/address.ts';
import { goesHoldersWay, isHoldersOwn } from '../../shared/holders-way.ts';
import type { Journal } from '../../shared/journal.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import type { TokenFacts } from '../protocols/recovery-protocol.ts';
import type { ReadContext } from './needs.ts';
import { isExternal } from './preview-request.ts';
import type { ChosenReplacement, PreviewRequest } from './preview-request.ts';

/** Whether the address is a replacement that signs steps of the plan itself. */
export function isSigningReplacement({ steps }: Pick<Plan, 'steps'>, address: Address): boolean {
  return steps.some((step) => step.signer === address && goesHoldersWay(step));
}

/** Replacements that sign steps of the plan themselves. */
export function signingReplacements({ steps }: Pick<Plan, 'steps'>): readonly Address[] {
  return [...new Set(steps.flatMap((step) => (goesHoldersWay(step) ? [step.signer] : [])))];
}

/** Whose confirmation lets an address sign: its own; for a replacement, that of who began the recovery. */
export function answersFor(plan: Pick<Plan, 'steps'>, operator: Address, signer: Address): Address {
  return isSigningReplacement(plan, signer) ? operator : signer;
}

/** The steps as people act on them: a replacement's are those of who began the recovery. */
export function asActed(
  plan: Pick<Plan, 'steps'>,
  operator: Address,
  steps: readonly PlanStep[],
): readonly PlanStep[] {
  return steps.map((step) => ({ ...step, signer: answersFor(plan, operator, step.signer) }));
}

type HandOvers = Pick<Journal, 'handOverOfWallet'>;

/**
 * Tokens of a lost wallet that its replacement recovers itself: where that was asked for, to a wallet that this desk makes
 * or made. An operator who signs elsewhere cannot fund it: of a plain transfer there is nothing to know it by.
 */
export function byReplacement(
  { profile, journal }: Pick<ReadContext, 'profile'> & { readonly journal: HandOvers },
  request: Pick<PreviewRequest, 'holdersWay' | 'operator' | 'external'>,
  chosen: ChosenReplacement | null,
  tokens: readonly TokenFacts[],
): readonly Address[] {
  const asked = request.holdersWay === true && (chosen === null || chosen.kind === 'generated');
  if (!asked || (isExternal(request, request.operator) && profile.fees !== 'zero')) return [];
  // Closed for good: a later recovery to a wallet that is its holder's own signs nothing with it either.
  if (chosen !== null && isHoldersOwn(journal.handOverOfWallet(chosen.address), chosen.address)) return [];
  return tokens.flatMap(({ address, custodianRight }) => (custodianRight ? [] : [address]));
}
