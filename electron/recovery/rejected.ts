/** Steps whose transaction no node took, and whose nonce was filled instead. */
import type { StepRow, TransactionRow } from '../../shared/journal.ts';
import { isEnded, stepRow, transactionsOf } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { stepEnded } from './step-end.ts';

/** The fill in a block that stands in for a refused call of the step's newest attempt, if any. */
function standIn(run: Run, row: StepRow): TransactionRow | undefined {
  const own = transactionsOf(run, row);
  const refused = own.filter((tx) => tx.purpose === 'call' && tx.raw !== null);
  return own.find(
    (tx) =>
      tx.purpose === 'fill' &&
      (tx.state === 'mined' || tx.state === 'final') &&
      refused.some((call) => call.nonce === tx.nonce),
  );
}

/** Whether a fill took the place of the step's call. It is an end only once it is final: a reorg may change the two. */
export function isRejected(run: Run, row: StepRow): boolean {
  return standIn(run, row) !== undefined;
}

/** Ends the steps whose fill is final. */
export function endRejected(run: Run): void {
  for (const step of run.plan.steps) {
    const row = stepRow(run, step);
    if (isEnded(row) || standIn(run, row)?.state !== 'final') continue;
    stepEnded(run, step, {
      state: 'failed',
      reason: 'RPC_ERROR',
      message: 'The node did not take the transaction, and nothing was done for it.',
      remedy: 'Ask whoever runs the endpoint why it refuses such transactions, then retry.',
    });
  }
}
