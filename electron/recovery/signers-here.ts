/** Which of those that a plan has sign can do so, or be handed calls, at this desk. */
import type { Address } from '../../shared/address.ts';
import type { Plan } from '../../shared/plan.ts';
import type { EngineContext } from './engine-context.ts';

function namedIn(plan: Plan, own: Address): readonly Address[] {
  return [...new Set([own, ...plan.steps.map((step) => step.signer)])];
}

/** Addresses that the plan has sign and whose key is here, the operator's own first. */
export function signersHere({ signers }: EngineContext, plan: Plan): readonly Address[] {
  return namedIn(plan, signers.own).filter((address) => signers.get(address) !== null);
}

/** The same, with those that calls are handed out for. */
export function actorsHere({ signers }: EngineContext, plan: Plan): readonly Address[] {
  return namedIn(plan, signers.own).filter(
    (address) => signers.get(address) !== null || signers.external(address) !== null,
  );
}
