/** Plans what replacements are given so that they can pay for what they sign themselves. */
import type { Address } from '../../shared/address.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { goesHoldersWay } from '../../shared/holders-way.ts';
import type { FeeQuote } from '../chain/types.ts';
import type { RecoverySystem } from '../protocols/recovery-protocol.ts';
import { expectedGasOf, highestGasPrice } from './cost.ts';
import type { LostFacts } from './lost-facts.ts';
import type { ReadContext } from './needs.ts';
import type { StepSimulation } from './simulation.ts';

export interface FundingInput {
  readonly system: RecoverySystem;
  readonly operator: Address;
  /** Steps with something left to do. */
  readonly due: readonly PlanStep[];
  readonly lost: readonly LostFacts[];
  readonly simulation: StepSimulation | null;
  readonly fees: FeeQuote;
}

/** Wei on a replacement: one that is not chosen, or not made yet, has none. */
function balanceOf(lost: readonly LostFacts[], wallet: Address): bigint {
  return lost.find(({ chosen }) => chosen?.address === wallet)?.replacement?.nativeBalance ?? 0n;
}

/**
 * One transfer to each replacement that signs steps itself and cannot pay for them: their gas at today's highest price,
 * with the margin of the policy.
 */
export function fundSteps(
  { policy }: Pick<ReadContext, 'policy'>,
  { system, operator, due, lost, simulation, fees }: FundingInput,
): readonly PlanStep[] {
  const price = highestGasPrice(fees);
  const own = due.filter(goesHoldersWay);
  return [...new Set(own.map(({ signer }) => signer))].flatMap((wallet): readonly PlanStep[] => {
    const gas = own
      .filter(({ signer }) => signer === wallet)
      .reduce((sum, step) => sum + expectedGasOf(system, step, simulation), 0n);
    const value = (gas * price * BigInt(policy.costMarginPercent)) / 100n;
    if (balanceOf(lost, wallet) >= value) return [];
    return [
      {
        name: `fund_wallet:${wallet}`,
        phase: 'create_wallet',
        role: 'fund',
        token: null,
        wallet,
        right: 'none',
        signer: operator,
        call: { to: wallet, data: '0x', value: value.toString() },
      },
    ];
  });
}
