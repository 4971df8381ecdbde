/** What a plan's transactions cost at the most, in wei. */
import type { PlanStep } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import type { FeeQuote } from '../chain/types.ts';
import type { RecoverySystem } from '../protocols/recovery-protocol.ts';
import type { StepSimulation } from './simulation.ts';

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
  const sent = steps.filter((step) => simulation?.get(step.name)?.ok !== false);
  const gas = sent.reduce(
    (sum, step) => sum + gasLimitFor(simulation?.get(step.name)?.gasUsed ?? system.typicalGas(step)),
    0n,
  );
  const price = highestGasPrice(fees);
  return {
    transactions: sent.length,
    gas: gas.toString(),
    gasPrice: price.toString(),
    estimate: (gas * price).toString(),
    by: simulation === null ? 'typical' : 'simulation',
  };
}
