/** Which of the steps that may be sent can be paid for: within the confirmed bound, and from the operator's balance. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { StepEnd } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { FeeQuote } from '../chain/types.ts';
import { highestGasPrice } from './cost.ts';
import { costBoundReached, finalityFrees, leftOfBound } from './cost-bound.ts';
import { stepRow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { isFunded, valueOf } from './funds.ts';
import { isSigningReplacement } from './holders-way.ts';
import { liftingReserve } from './lifting-reserve.ts';
import { costToCome } from './plan-reserve.ts';
import { stepEnded } from './step-end.ts';
import { holdsAll } from './base-steps.ts';
import type { Sendable } from './step-judge.ts';

interface Priced {
  readonly entry: Sendable;
  /** Wei, at the most. */
  readonly cost: bigint;
}

/** What everything rests on comes first, then the cheapest: as many as the money lasts for. */
function byWeight(run: Run): (a: Priced, b: Priced) => number {
  return (a, b) => {
    const held = Number(holdsAll(run, b.entry.step)) - Number(holdsAll(run, a.entry.step));
    return held === 0 ? Number(a.cost - b.cost) : held;
  };
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

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function totalOf(priced: readonly Priced[]): bigint {
  return priced.reduce((sum, { cost }) => sum + cost, 0n);
}

function outOfFunds(address: Address, wanted: bigint, balance: bigint): DeskError {
  return new DeskError('OPERATOR_OUT_OF_FUNDS', {
    message: `The next transactions may cost ${wanted} wei, and the operator ${address} has ${balance}. They were not sent.`,
    remedy: `Send at least ${wanted - balance} wei to ${address}, then resume.`,
    retry: 'safe',
  });
}

/** A step that is not waited with for money, and why it ends without. */
export interface Unpaid {
  readonly step: PlanStep;
  readonly end: StepEnd;
}

/**
 * A replacement that cannot pay holds nobody up: what it should sign is tried again when it can. What the plan gives it and
 * did not is given with that try: whoever sent it as well would give twice.
 */
function replacementShort(run: Run, { step }: Sendable, wanted: bigint, balance: bigint): Unpaid {
  const fund = run.plan.steps.find(({ role, wallet }) => role === 'fund' && wallet === step.signer);
  const row = fund === undefined ? null : stepRow(run, fund);
  const refused = row?.state === 'failed' ? row : null;
  const why = refused === null ? '' : ` It was not given what the plan says: ${refused.message}`;
  return {
    step,
    end: {
      state: 'failed',
      reason: 'REPLACEMENT_CANNOT_SEND',
      message: `What the replacement wallet ${step.signer} recovers itself may cost it ${wanted} wei, and it has ${balance}. It was not sent.${why}`,
      remedy:
        refused?.remedy ?? `Send at least ${wanted - balance} wei to ${step.signer}, then retry this token.`,
    },
  };
}

/** Nor does what an operator cannot give it. */
function fundShort({ entry, cost }: Priced, balance: bigint): Unpaid {
  const { message, remedy } = outOfFunds(entry.step.signer, cost, balance);
  return { step: entry.step, end: { state: 'failed', reason: 'UNKNOWN', message, remedy } };
}

interface Funded {
  readonly paid: readonly Sendable[];
  readonly unpaid: readonly Unpaid[];
}

/**
 * What each signer can pay for. One who cannot pay for what everything rests on sends nothing.
 * @throws DeskError OPERATOR_OUT_OF_FUNDS where nobody can pay for anything.
 */
async function funded(run: Run, priced: readonly Priced[]): Promise<Funded> {
  const reader = await run.context.chain.pin();
  const paid: Sendable[] = [];
  const ending: Unpaid[] = [];
  const short: DeskError[] = [];
  for (const signer of new Set(priced.map(({ entry }) => entry.step.signer))) {
    const own = priced.filter(({ entry }) => entry.step.signer === signer);
    const balance = await reader.balance(signer);
    const { within, over } = split(own, balance);
    if (isSigningReplacement(run.plan, signer)) {
      ending.push(...over.map(({ entry }) => replacementShort(run, entry, totalOf(own), balance)));
      paid.push(...within.map(({ entry }) => entry));
      continue;
    }
    const unpaid = over.some(({ entry }) => holdsAll(run, entry.step));
    const funds = unpaid ? [] : over.filter(({ entry }) => entry.step.role === 'fund');
    ending.push(...funds.map((fund) => fundShort(fund, balance)));
    if (unpaid || (within.length === 0 && funds.length < over.length))
      short.push(outOfFunds(signer, totalOf(own), balance));
    else paid.push(...within.map(({ entry }) => entry));
  }
  if (paid.length === 0 && ending.length === 0 && short[0] !== undefined) throw short[0];
  return { paid, unpaid: ending };
}

/** What of the steps that were weighed may be sent now. */
export type Payable =
  | { readonly kind: 'send'; readonly steps: readonly Sendable[]; readonly unpaid: readonly Unpaid[] }
  /** These do not fit yet, and more will be left of the bound when what is mined is final. */
  | { readonly kind: 'waits_for_finality'; readonly steps: readonly Sendable[] }
  /** These do not fit the bound any more, and nothing rests on them. */
  | { readonly kind: 'past_the_bound'; readonly steps: readonly Sendable[] };

interface Weighed extends Split {
  /** Wei that lifting our own freezes takes, on tokens that are not weighed. */
  readonly putBy: bigint;
}

/** Which of them fit beside each other into what is left of the bound. */
function weigh(run: Run, sendable: readonly Sendable[], price: bigint): Weighed {
  const reserve = liftingReserve(run, sendable);
  const priced = sendable
    .map((entry) => ({ entry, cost: reserve.gasOf(entry) * price + valueOf(entry.step) }))
    .toSorted(byWeight(run));
  const putBy = reserve.putBy * price;
  // The bound was asked for these when they were given what they pay with.
  const given = priced.filter(({ entry }) => isFunded(run.plan, entry.step.signer));
  const asked = priced.filter((one) => !given.includes(one));
  const { within, over } = split(asked, leftOfBound(run) - putBy);
  return { putBy, within: [...within, ...given], over };
}

/**
 * Weighs steps against the bound and the balance. Those that do not fit beside the others stay open until these are
 * final.
 * @throws DeskError COST_BOUND_REACHED where everything rests on a step that does not fit; OPERATOR_OUT_OF_FUNDS where
 *   no signer can pay for what is theirs.
 */
export async function payable(run: Run, sendable: readonly Sendable[], fees: FeeQuote): Promise<Payable> {
  const price = highestGasPrice(fees);
  const bound = weigh(run, sendable, price);
  const base = bound.over.find(({ entry }) => holdsAll(run, entry.step));
  const nothingFits = bound.within.length === 0 && bound.over.length > 0;
  // What is mined costs less than what was put by for it: the rest is looked at again when that is final.
  if ((base !== undefined || nothingFits) && finalityFrees(run))
    return { kind: 'waits_for_finality', steps: sendable };
  if (base !== undefined)
    throw costBoundReached(run, larger(base.cost + bound.putBy, costToCome(run, price)));
  if (nothingFits) return { kind: 'past_the_bound', steps: sendable };
  const { paid, unpaid } = await funded(run, bound.within);
  return { kind: 'send', steps: sendable.filter((entry) => paid.includes(entry)), unpaid };
}

/** Those of what did not fit the bound that do by now: fees may have fallen, and what is final has cost less. */
export async function fittingNow(run: Run, past: readonly Sendable[]): Promise<readonly PlanStep[]> {
  const price = highestGasPrice(await run.context.chain.fees());
  return weigh(run, past, price).within.map(({ entry }) => entry.step);
}

/**
 * Ends what did not fit the bound, once nothing else is left to be sent: failures that can be retried, and one amount
 * for all, so that whoever confirms it need not be asked again.
 */
export async function endPastBound(run: Run, past: readonly Sendable[]): Promise<void> {
  if (past.length === 0) return;
  const price = highestGasPrice(await run.context.chain.fees());
  const reserve = liftingReserve(run, past);
  const gas = past.reduce((sum, entry) => sum + reserve.gasOf(entry), reserve.putBy);
  const given = past.reduce((sum, { step }) => sum + valueOf(step), 0n);
  const { message, remedy } = costBoundReached(run, gas * price + given);
  for (const { step } of past) stepEnded(run, step, { state: 'failed', reason: 'UNKNOWN', message, remedy });
}
