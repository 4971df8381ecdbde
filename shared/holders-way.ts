/** What of a plan goes the holder's way, and how it stands. Pure: reports, the hand-over and the window ask it, too. */
import type { Address } from './address.ts';
import type { HandOverRow } from './hand-over.ts';
import type { StepRow } from './journal.ts';
import { tokensOf } from './plan.ts';
import type { Plan, PlanStep } from './plan.ts';

/** Whether the replacement wallet itself signs the step. */
export function goesHoldersWay({ right }: Pick<PlanStep, 'right'>): boolean {
  return right === 'holder';
}

/** Reasons that no later try gets over. */
const FOR_GOOD: readonly (string | null)[] = [
  'NO_RECOVERABLE_TOKENS',
  'BALANCE_MOVED',
  'RECOVERED_ELSEWHERE',
];

/** Steps of a replacement that are not done, and could still be. @param rows the newest attempt of each step. */
export function leftToRecover(
  { steps }: Pick<Plan, 'steps'>,
  rows: ReadonlyMap<string, Pick<StepRow, 'state' | 'reason'>>,
  wallet: Address,
): readonly PlanStep[] {
  return steps.filter((step) => {
    if (step.signer !== wallet || !goesHoldersWay(step)) return false;
    const row = rows.get(step.name);
    return row !== undefined && row.state !== 'done' && !FOR_GOOD.includes(row.reason);
  });
}

/**
 * Whether the wallet signs nothing at the desk any more: it was handed over, or what it has not recovered was left to its
 * holder.
 */
export function isHoldersOwn(
  rows: readonly Pick<HandOverRow, 'wallet' | 'what'>[],
  wallet: Address,
): boolean {
  return rows.some((row) => row.wallet === wallet && (row.what === 'done' || row.what === 'left_to_holder'));
}

export function symbolsOfSteps(plan: Plan, steps: readonly Pick<PlanStep, 'token'>[]): readonly string[] {
  return tokensOf(plan).flatMap(({ address, symbol }) =>
    steps.some(({ token }) => token === address) ? [symbol] : [],
  );
}
