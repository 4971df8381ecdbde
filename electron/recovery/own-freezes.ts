/** Which freezes a recovery set itself: only those are its own to lift, and to tell of. */
import { z } from 'zod';
import { isHandedOut } from '../../shared/journal.ts';
import type { HandOutRow, StepRow, TransactionRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { hash32Schema } from '../../shared/values.ts';
import type { Hex } from '../../shared/values.ts';

/** What the journal knows of freezes. */
export interface FreezeRecord {
  readonly transactions: readonly Pick<TransactionRow, 'step' | 'purpose' | 'succeeded' | 'state'>[];
  readonly steps: readonly Pick<StepRow, 'name' | 'attempt' | 'state' | 'outcome'>[];
  readonly handOuts: readonly Pick<HandOutRow, 'step' | 'attempt'>[];
}

/** The outcome of a call that was handed out, and carried out by the signer that the plan names. */
const handedOutSchema = z.object({ handedOut: z.literal(true), transaction: hash32Schema });

/** Hashes of the transactions by which others carried out what was handed out to them: that is our doing, too. */
export function carriedOut(steps: readonly Pick<StepRow, 'outcome'>[]): readonly Hex[] {
  return steps.flatMap(({ outcome }) => handedOutSchema.safeParse(outcome).data?.transaction ?? []);
}

/**
 * Whether a transaction of ours, or a call that we handed out, set the freeze of a containing step: of any attempt, failed
 * ones too, for a later one may find it set by an earlier, and a reorg may bring it late.
 */
export function frozenByUs(
  {
    transactions,
    steps,
  }: Pick<FreezeRecord, 'steps'> & {
    readonly transactions: readonly Pick<TransactionRow, 'step' | 'purpose' | 'succeeded'>[];
  },
  step: Pick<PlanStep, 'name'>,
): boolean {
  return (
    transactions.some((tx) => tx.step === step.name && tx.purpose === 'call' && tx.succeeded === true) ||
    steps.some((row) => row.name === step.name && handedOutSchema.safeParse(row.outcome).success)
  );
}

const ON_THE_WAY: readonly TransactionRow['state'][] = ['signed', 'sent'];

/** The same, or a transaction of ours that sets it may still be mined, or a call that we handed out be carried out. */
export function maybeFrozenByUs(record: FreezeRecord, step: Pick<PlanStep, 'name'>): boolean {
  const onTheWay = record.transactions.some(
    (tx) => tx.step === step.name && tx.purpose === 'call' && ON_THE_WAY.includes(tx.state),
  );
  const isOut = record.steps.some(
    (row) => row.name === step.name && row.state === 'running' && isHandedOut(record.handOuts, row),
  );
  return onTheWay || isOut || frozenByUs(record, step);
}
