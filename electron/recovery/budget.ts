/** Which of the steps that may be sent can be paid for: within the confirmed bound, and from the operator's balance. */
import { DeskError } from '../../shared/errors.ts';
import type { StepEnd } from '../../shared/journal.ts';
import type { FeeQuote } from '../chain/types.ts';
import { gasLimitFor, highestGasPrice } from './cost.ts';
import { costBoundReached, leftOfBound } from './cost-bound.ts';
import type { Run } from './engine-context.ts';
import { stepEnded } from './step-end.ts';
import { isIndependent } from './step-judge.ts';
import type { Sendable } from './step-judge.ts';

interface Priced {
  readonly entry: Sendable;
  /** Wei, at the most. */
  readonly cost: bigint;
}

/** What everything rests on comes first, then the cheapest: as many as the money lasts for. */
function byWeight(a: Priced, b: Priced): number {
  const held = Number(isIndependent(a.entry.step)) - Number(isIndependent(b.entry.step));
  return held === 0 ? Number(a.cost - b.cost) : held;
}

interface Split {
  readonly within: readonly Priced[];
  readonly over: readonly Priced[];
}

function split(priced: readonly Priced[], wei: bigint): Split {
  let left = wei;
  const within = priced.filter(({ cost }) => {
    if (cost > left) return false;
    left -= cost;
    return true;
  });
  return { within, over: priced.filter((one) => !within.includes(one)) };
}

function overBound(run: Run, cost: bigint): StepEnd {
  const { message, remedy } = costBoundReached(run, cost);
  return { state: 'failed', reason: 'UNKNOWN', message, remedy };
}

function outOfFunds(run: Run, wanted: bigint, balance: bigint): DeskError {
  const { address } = run.context.signer;
  return new DeskError('OPERATOR_OUT_OF_FUNDS', {
    message: `The next transactions may cost ${wanted} wei, and the operator has ${balance}. They were not sent.`,
    remedy: `Send at least ${wanted - balance} wei to ${address}, then resume.`,
    retry: 'safe',
  });
}

/**
 * The steps to send now. What does not fit the bound ends as a failure that can be retried; what the balance does not
 * reach stays open.
 * @throws DeskError COST_BOUND_REACHED where everything rests on a step that does not fit; OPERATOR_OUT_OF_FUNDS where
 *   such a step, or none at all, can be paid for.
 */
export async function payable(
  run: Run,
  sendable: readonly Sendable[],
  fees: FeeQuote,
): Promise<readonly Sendable[]> {
  const { chain, signer } = run.context;
  const price = highestGasPrice(fees);
  const priced = sendable
    .map((entry) => ({ entry, cost: gasLimitFor(entry.gas) * price }))
    .toSorted(byWeight);
  const bound = split(priced, leftOfBound(run));
  const base = bound.over.find(({ entry }) => !isIndependent(entry.step));
  if (base !== undefined) throw costBoundReached(run, base.cost);
  for (const { entry, cost } of bound.over) stepEnded(run, entry.step, overBound(run, cost));
  const balance = await (await chain.pin()).balance(signer.address);
  const funds = split(bound.within, balance);
  const unpaid = funds.over.some(({ entry }) => !isIndependent(entry.step));
  if (unpaid || (funds.within.length === 0 && funds.over.length > 0)) {
    const wanted = bound.within.reduce((sum, { cost }) => sum + cost, 0n);
    throw outOfFunds(run, wanted, balance);
  }
  const chosen = new Set(funds.within.map(({ entry }) => entry));
  return sendable.filter((entry) => chosen.has(entry));
}
