/** One token of a preview with its predicted outcome: by simulation where there is one, by flags otherwise. */
import type { Address } from '../../shared/address.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { TokenPreview } from '../../shared/preview.ts';
import { goesHoldersWay } from '../../shared/holders-way.ts';
import type { SimulatedCall } from '../chain/types.ts';
import type { RecoverySystem, TokenFacts } from '../protocols/recovery-protocol.ts';
import type { LostFacts } from './lost-facts.ts';
import type { StepSimulation } from './simulation.ts';
import { failureByFlags } from './token-failures.ts';

function bySimulation(
  system: RecoverySystem,
  step: PlanStep,
  call: SimulatedCall,
): TokenPreview['predicted'] {
  if (call.ok) return { outcome: 'recovers', by: 'simulation' };
  return { outcome: 'fails', by: 'simulation', ...system.explainRevert(step, call.returnData, 'simulated') };
}

function byFlags(token: TokenFacts, brought: boolean): TokenPreview['predicted'] {
  const failure = failureByFlags(brought && token.balance === 0n ? { ...token, balance: 1n } : token);
  return failure === null
    ? { outcome: 'recovers', by: 'flags' }
    : { outcome: 'fails', by: 'flags', ...failure };
}

/**
 * The tokens in scope. `simulation` is null where the node has none, or where what all rests on does not go through.
 * @param named who may sign: of several, each token tells which one will.
 */
export function tokenPreviews(
  system: RecoverySystem,
  lost: LostFacts,
  simulation: StepSimulation | null,
  named: readonly Address[],
): readonly TokenPreview[] {
  return lost.tokens.map((token) => {
    const { readable, custodians, signer, ...figures } = token;
    const step = lost.steps.find(
      (candidate) => candidate.role === 'token' && candidate.token === token.address,
    );
    const byHolder = step !== undefined && goesHoldersWay(step);
    const call = step === undefined ? undefined : simulation?.get(step.name);
    const predicted = (): TokenPreview['predicted'] => {
      if (lost.recovered.has(token.address)) return { outcome: 'already_recovered' };
      const moved = lost.moved.get(token.address);
      if (moved !== undefined) return { outcome: 'fails', by: 'flags', ...moved };
      return step === undefined || call === undefined || !readable
        ? byFlags(byHolder ? { ...token, custodianRight: true } : token, lost.brought.has(token.address))
        : bySimulation(system, step, call);
    };
    return {
      ...figures,
      balance: token.balance.toString(),
      frozen: token.frozen.toString(),
      ...(named.length > 1 && !byHolder ? { signer, custodians: [...custodians] } : {}),
      ...(byHolder ? { way: 'holder' as const } : {}),
      predicted: predicted(),
    };
  });
}
