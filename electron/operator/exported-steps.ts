/** What of a plan is handed out to be signed elsewhere: the steps of one signer, in the order of the plan. */
import type { Address } from '../../shared/address.ts';
import { planDigest } from '../../shared/plan.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';

export interface ExportedPlan {
  readonly planDigest: Hex;
  readonly chainId: number;
  /** Whose calls they are: the Safe, or the account at the custody platform. */
  readonly signer: Address;
  readonly steps: readonly PlanStep[];
}

export function exportedPlan(plan: Plan, signer: Address): ExportedPlan {
  return {
    planDigest: planDigest(plan),
    chainId: plan.network.chainId,
    signer,
    steps: plan.steps.filter((step) => step.signer === signer),
  };
}
