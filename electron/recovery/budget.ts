/** Which of the steps that may be sent can be paid for: within the confirmed bound, and from the operator's balance. */
import { DeskError } from '../../shared/errors.ts';
import type { StepEnd } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
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

/** One amount for all that is left over: whoever confirms it need not be asked again for the next. */
function endOver(run: Run, over: readonly Priced[]): void {
  const { message, remedy } = costBoundReached(run, totalOf(over));
  const end: StepEnd = { state: 'failed', reason: 'UNKNOWN', message, remedy };
  for (const { entry } of over) stepEnded(run, entry.step, end);
}

function totalOf(priced: readonly Priced[]): bigint {
  return priced.reduce((sum, { cost }) => sum + cost, 0n);
}

/** A token is only sent with what lifting our freeze on it will cost: it would stay frozen on the replacement. */
function liftingOf(run: Run, step: PlanStep): bigint {
  const lifting = run.plan.steps.find((other) => other.role === 'release' && other.token === step.token);
  return step.role !== 'token' || lifting === undefined ? 0n : gasLimitFor(run.system.typicalGas(lifting));
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
 * The steps to send now. What does not fit the bound, or the balance, stays open until the others are mined; where
 * nothing fits the bound any more, it ends as a failure that can be retried.
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
    .map((entry) => ({ entry, cost: (gasLimitFor(entry.gas) + liftingOf(run, entry.step)) * price }))
    .toSorted(byWeight);
  const bound = split(priced, leftOfBound(run));
  const base = bound.over.find(({ entry }) => !isIndependent(entry.step));
  if (base !== undefined) throw costBoundReached(run, base.cost);
  // What is mined costs less than what was put by for it: the rest is looked at again then.
  if (bound.within.length === 0) endOver(run, bound.over);
  const balance = await (await chain.pin()).balance(signer.address);
  const funds = split(bound.within, balance);
  const unpaid = funds.over.some(({ entry }) => !isIndependent(entry.step));
  if (unpaid || (funds.within.length === 0 && funds.over.length > 0)) {
    throw outOfFunds(run, totalOf(bound.within), balance);
  }
  const chosen = new Set(funds.within.map(({ entry }) => entry));
  return sendable.filter((entry) => chosen.has(entry));
}

/**
 * Before anything irreversible is signed: whether all of the plan could be paid for within the bound at today's prices.
 * @throws DeskError COST_BOUND_REACHED
 */
export async function assertBoundSuffices(run: Run): Promise<void> {
  if (run.snapshot().recovery.noReturnAt !== null) return;
  const price = highestGasPrice(await run.context.chain.fees());
  const wanted = run.expectedGas * price;
  if (wanted > leftOfBound(run)) throw costBoundReached(run, wanted);
}
