/** Which freezes a recovery set itself: only those are its own to lift, and to tell of. */
import type { TransactionRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';

/**
 * Whether a transaction of ours set the freeze of a containing step: of any attempt, failed ones too, for a later one may
 * find it set by an earlier, and a reorg may bring it late.
 */
export function frozenByUs(
  transactions: readonly Pick<TransactionRow, 'step' | 'purpose' | 'succeeded'>[],
  step: Pick<PlanStep, 'name'>,
): boolean {
  return transactions.some((tx) => tx.step === step.name && tx.purpose === 'call' && tx.succeeded === true);
}

const ON_THE_WAY: readonly TransactionRow['state'][] = ['signed', 'sent'];

/** The same, or a transaction of ours that sets it may still be mined. */
export function maybeFrozenByUs(
  transactions: readonly Pick<TransactionRow, 'step' | 'purpose' | 'succeeded' | 'state'>[],
  step: Pick<PlanStep, 'name'>,
): boolean {
  const onTheWay = transactions.some(
    (tx) => tx.step === step.name && tx.purpose === 'call' && ON_THE_WAY.includes(tx.state),
  );
  return onTheWay || frozenByUs(transactions, step);
}
