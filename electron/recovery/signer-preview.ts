/** Who would sign what of a recovery, and what that would cost each of them. */
import type { PlanStep } from '../../shared/plan.ts';
import type { SignerPreview } from '../../shared/preview.ts';
import { estimateCost } from './cost.ts';
import type { OperatorFacts, PreviewFacts } from './preview-facts.ts';
import { isExternal } from './preview-request.ts';
import type { PreviewRequest } from './preview-request.ts';
import type { StepSimulation } from './simulation.ts';

/** The operator, then the custodian where one was named. */
export function signerPreviews(
  request: PreviewRequest,
  facts: PreviewFacts,
  steps: readonly PlanStep[],
  simulation: StepSimulation | null,
): readonly SignerPreview[] {
  const of = (role: SignerPreview['role'], who: OperatorFacts): SignerPreview => {
    const own = steps.filter((step) => step.signer === who.address);
    const { transactions, gas, estimate } = estimateCost(facts.system, own, simulation, facts.fees);
    return {
      address: who.address,
      role,
      identityManager: who.identityManager,
      balance: who.balance.toString(),
      foreignPending: who.foreignPending,
      external: isExternal(request, who.address),
      transactions,
      gas,
      estimate,
    };
  };
  const { operator, custodian } = facts;
  return [of('operator', operator), ...(custodian === null ? [] : [of('custodian', custodian)])];
}
