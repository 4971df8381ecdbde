/**
 * What a plan gives its replacements for the gas of what they sign themselves. What they pay from it is paid for by that,
 * and is never counted a second time.
 */
import type { Address } from '../../shared/address.ts';
import type { PlanStep } from '../../shared/plan.ts';

type Steps = { readonly steps: readonly PlanStep[] };

/** Wei that a step moves beside its cost. */
export function valueOf({ call }: Pick<PlanStep, 'call'>): bigint {
  return BigInt(call.value ?? '0');
}

/** Whether what the address signs is paid from what steps of the plan give it. */
export function isFunded({ steps }: Steps, address: Address): boolean {
  return steps.some((step) => step.role === 'fund' && step.wallet === address);
}
