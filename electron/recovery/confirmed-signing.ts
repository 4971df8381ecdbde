/** A confirmed plan as the signer's door is armed with it: plain data, made once from what a person confirmed. */
import type { Address } from '../../shared/address.ts';
import type { Journal, RecoverySnapshot } from '../../shared/journal.ts';
import { planDigest } from '../../shared/plan.ts';
import type { Plan, PlannedClaim, PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import { mayCostByNonce, settledByNonce } from './cost-bound.ts';

export interface ConfirmedSigning {
  readonly planDigest: Hex;
  readonly chainId: number;
  /** Those that the address signs. */
  readonly calls: readonly PlanStep['call'][];
  /** Those claims that the operator signs, with the calls that then add them. */
  readonly claims: readonly (Pick<PlannedClaim, 'identity' | 'topic' | 'data' | 'signatureAt'> & {
    readonly call: PlanStep['call'];
  })[];
  /** Wei: the plan's, or the higher bound that was confirmed to this run. */
  readonly highestCost: bigint;
  /** Wei, by nonce, that what is stored already may take at the most. */
  readonly before: ReadonlyMap<number, bigint>;
  /** Wei, by nonce, where it is final: what was paid; 0 where nothing of ours was or will be mined. */
  settled(): ReadonlyMap<number, bigint>;
}

/**
 * SECURITY: what the journal says of a higher bound counts for nothing, as in the engine.
 * @param operator who signs; steps of others are none of its calls.
 * @param raised wei: a higher bound that was confirmed to this run; null for that of the plan.
 */
export function confirmedSigning(
  journal: Pick<Journal, 'list' | 'issues' | 'read'>,
  plan: Plan,
  operator: Address,
  raised: bigint | null,
): ConfirmedSigning {
  const digest = planDigest(plan);
  // A digest executes at most once, so there is one recovery of it at the most; before it begins there is none.
  const stored = (): RecoverySnapshot | null => {
    const row = [...journal.list(), ...journal.issues()].find((recovery) => recovery.planDigest === digest);
    return row === undefined ? null : journal.read(row.id);
  };
  const own = (snapshot: RecoverySnapshot | null) =>
    (snapshot?.transactions ?? []).filter((row) => row.signer === operator);
  const now = stored();
  const steps = plan.steps.filter((step) => step.signer === operator);
  return {
    planDigest: digest,
    chainId: plan.network.chainId,
    // Of a claim the plan's call is not signed as it stands: it lacks the signature.
    calls: steps.filter((step) => step.role !== 'claim').map(({ call }) => call),
    claims: (plan.claims?.issue ?? []).flatMap(({ step, identity, topic, data, signatureAt }) => {
      const call = steps.find(({ name }) => name === step)?.call;
      return call === undefined ? [] : [{ identity, topic, data, signatureAt, call }];
    }),
    highestCost: raised ?? BigInt(plan.highestCost),
    before: mayCostByNonce(own(now)),
    settled: () => settledByNonce(own(stored())),
  };
}
