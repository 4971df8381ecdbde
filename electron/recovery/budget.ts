/** Which of the steps that may be sent can be paid for: within the confirmed bound, and from the operator's balance. */
import { DeskError } from '../../shared/errors.ts';
import type { StepEnd } from '../../shared/journal.ts';
import type { FeeQuote } from '../chain/types.ts';
import { gasLimitFor, highestGasPrice } from './cost.ts';
import { costBoundReached, finalityFrees, leftOfBound } from './cost-bound.ts';
import { isEnded, stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { liftingReserve } from './lifting-reserve.ts';
import { stepEnded } from './step-end.ts';
import { isIndependent } from './step-judge.ts';
import type { Sendable } from './step-judge.ts';
import { isStandingCall } from './transaction-form.ts';

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

/** Gas of open tokens that are not among those that are weighed now. */
function gasOfOthers(run: Run, now: readonly Sendable[]): bigint {
  const snapshot = run.snapshot();
  const rows = stepsNow(snapshot);
  const left = new Set([
    ...now.map(({ step }) => step.name),
    ...snapshot.transactions.filter(isStandingCall).map((tx) => tx.step),
  ]);
  const open = run.plan.steps.filter(({ name, role }) => {
    const row = rows.get(name);
    return role === 'token' && !left.has(name) && row !== undefined && !isEnded(row);
  });
  return open.reduce((sum, step) => sum + gasLimitFor(run.system.typicalGas(step)), 0n);
}

/** One amount for all that is left over: whoever confirms it need not be asked again for the next. */
function endOver(run: Run, over: readonly Priced[], rest: bigint): void {
  const { message, remedy } = costBoundReached(run, totalOf(over) + rest);
  const end: StepEnd = { state: 'failed', reason: 'UNKNOWN', message, remedy };
  for (const { entry } of over) stepEnded(run, entry.step, end);
}

function totalOf(priced: readonly Priced[]): bigint {
  return priced.reduce((sum, { cost }) => sum + cost, 0n);
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
 * The steps to send now. What does not fit the bound, or the balance, stays open until the others are final; where
 * nothing fits the bound any more, it ends as a failure that can be retried.
 * @returns `waits_for_finality` where nothing fits yet, and more will be left then.
 * @throws DeskError COST_BOUND_REACHED where everything rests on a step that does not fit; OPERATOR_OUT_OF_FUNDS where
 *   such a step, or none at all, can be paid for.
 */
export async function payable(
  run: Run,
  sendable: readonly Sendable[],
  fees: FeeQuote,
): Promise<readonly Sendable[] | 'waits_for_finality'> {
  const { chain, signer } = run.context;
  const price = highestGasPrice(fees);
  const reserve = liftingReserve(run, sendable);
  const priced = sendable.map((entry) => ({ entry, cost: reserve.gasOf(entry) * price })).toSorted(byWeight);
  const putBy = reserve.putBy * price;
  const bound = split(priced, leftOfBound(run) - putBy);
  const base = bound.over.find(({ entry }) => !isIndependent(entry.step));
  const nothingFits = bound.within.length === 0 && bound.over.length > 0;
  // What is mined costs less than what was put by for it: the rest is looked at again when that is final.
  if ((base !== undefined || nothingFits) && finalityFrees(run)) return 'waits_for_finality';
  if (base !== undefined) throw costBoundReached(run, base.cost + putBy);
  if (nothingFits) endOver(run, bound.over, putBy + gasOfOthers(run, sendable) * price);
  const balance = await (await chain.pin()).balance(signer.address);
  const funds = split(bound.within, balance);
  const unpaid = funds.over.some(({ entry }) => !isIndependent(entry.step));
  if (unpaid || (funds.within.length === 0 && funds.over.length > 0)) {
    throw outOfFunds(run, totalOf(bound.within), balance);
  }
  const chosen = new Set(funds.within.map(({ entry }) => entry));
  return sendable.filter((entry) => chosen.has(entry));
}
