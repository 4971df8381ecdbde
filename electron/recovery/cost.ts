/** What a plan's transactions cost at the most, in wei. */
import type { PlanStep } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import type { FeeQuote } from '../chain/types.ts';
import type { RecoverySystem } from '../protocols/recovery-protocol.ts';
import { isFunded, valueOf } from './funds.ts';
import type { StepSimulation } from './simulation.ts';

/** Gas limit of a step: as simulated; as measured for its kind where it was not, or would fail now. */
export function expectedGasOf(
  system: RecoverySystem,
  step: PlanStep,
  simulation: StepSimulation | null,
): bigint {
  const simulated = simulation?.get(step.name);
  // Steps that would fail now are paid for too: their cause may be gone by then, or at a retry.
  return gasLimitFor(simulated?.ok === true ? simulated.gasUsed : system.typicalGas(step));
}

/** Simulated or estimated gas ran out on mined blocks: CHAIN A measured up to 1.15, and takes 1.3. */
export function gasLimitFor(gas: bigint): bigint {
  return (gas * 13n) / 10n;
}

/** The most that a unit of gas may cost under a quote, in wei. */
export function highestGasPrice(fees: FeeQuote): bigint {
  return fees.kind === 'legacy' ? fees.gasPrice : fees.maxFeePerGas;
}

export function estimateCost(
  system: RecoverySystem,
  steps: readonly PlanStep[],
  simulation: StepSimulation | null,
  fees: FeeQuote,
): Preview['cost'] {
  const limits = steps.map((step) => ({ ...step, gas: expectedGasOf(system, step, simulation) }));
  // What a replacement signs is paid from what it is given, where it is given any.
  const paid = limits.filter(({ signer }) => !isFunded({ steps }, signer));
  const gas = paid.reduce((sum, step) => sum + step.gas, 0n);
  const given = steps.reduce((sum, step) => sum + valueOf(step), 0n);
  const price = highestGasPrice(fees);
  return {
    transactions: steps.filter((step) => simulation?.get(step.name)?.ok !== false).length,
    gas: gas.toString(),
    gasPrice: price.toString(),
    estimate: (gas * price + given).toString(),
    by: simulation === null ? 'typical' : 'simulation',
    steps: limits.map(({ role, token, wallet, gas: own }) => ({ role, token, wallet, gas: own.toString() })),
  };
}

/** Gas that a preview counted for a step; as measured for its kind where it kept only the sum. */
export function expectedGas(cost: Preview['cost'], system: RecoverySystem, step: PlanStep): bigint {
  const kept = cost.steps?.find(
    ({ role, token, wallet }) =>
      role === step.role && token === step.token && (wallet ?? step.wallet) === step.wallet,
  );
  return kept === undefined ? gasLimitFor(system.typicalGas(step)) : BigInt(kept.gas);
}
