/** Writes the outcome of a sent step, once, when its transaction is final (DESIGN 4.6). */
import { DeskError } from '../../shared/errors.ts';
import type { StepEnd, StepRow, TransactionRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { Receipt } from '../chain/types.ts';
import type { Postcondition } from '../protocols/recovery-protocol.ts';
import { assertGoing, isEnded, linkOf, stepRow, stepsNow, transactionsOf, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { awaitMined } from './mining.ts';
import { stepEnded } from './step-end.ts';
import { isIndependent } from './step-judge.ts';

async function receiptOf(run: Run, row: TransactionRow): Promise<Receipt | null> {
  return row.hash === null ? null : run.context.chain.receipt(row.hash);
}

/** Why a mined transaction was refused: asked again at its own block, for receipts carry no reason. */
async function endOfRevert(run: Run, step: PlanStep, receipt: Receipt): Promise<StepEnd> {
  const replayed = await run.context.chain.replay(step.call, receipt.from, receipt.blockNumber);
  const explained = replayed.ok
    ? {
        reason: 'UNKNOWN' as const,
        message: 'The transaction was mined and refused; asked again, the contract gives no reason.',
        remedy: `Look at transaction ${receipt.hash}, then retry.`,
      }
    : run.system.explainRevert(step, replayed.revert, replayed.message);
  return { state: 'failed', outcome: { transaction: receipt.hash }, ...explained };
}

/** The postcondition at the very block of the receipt: later blocks may have gone on from there. */
async function postconditionAt(
  run: Run,
  step: PlanStep,
  receipt: Receipt,
): Promise<Postcondition | undefined> {
  const block = await run.context.chain.blockByNumber(receipt.blockNumber);
  const view = await viewAt(run, block ?? undefined);
  const [judged] = await run.system.postconditions(view, [step], linkOf(run));
  return judged;
}

async function endOfSuccess(run: Run, step: PlanStep, receipt: Receipt): Promise<StepEnd> {
  const judged = await postconditionAt(run, step, receipt);
  const amount = step.role === 'token' ? run.system.amountMoved(step, receipt.logs) : null;
  const outcome = {
    transaction: receipt.hash,
    block: receipt.blockNumber,
    ...(amount === null ? {} : { amount: amount.toString() }),
  };
  if (judged?.kind === 'done') return { state: 'done', outcome };
  return {
    state: 'failed',
    outcome,
    reason: 'UNKNOWN',
    message: 'The transaction went through, but the chain does not show what it should have done.',
    remedy: `Look at transaction ${receipt.hash} before anything else is done.`,
  };
}

/** The mined call of a step's newest attempt, if any; fills do not count. */
export function minedCall(run: Run, row: StepRow): TransactionRow | undefined {
  return transactionsOf(run.snapshot(), row).find(
    (tx) => tx.purpose === 'call' && (tx.state === 'mined' || tx.state === 'final'),
  );
}

/** A mined revert of a step that everything rests on ends this run; a later one may try again. */
export function assertNoRevert(run: Run, steps: readonly PlanStep[]): void {
  for (const step of steps) {
    const row = stepRow(run, step);
    if (isIndependent(step) || isEnded(row) || minedCall(run, row)?.succeeded !== false) continue;
    throw new DeskError('STEP_REVERTED', {
      message: `The contract refused ${step.name.split(':')[0]?.replaceAll('_', ' ')} when it was mined.`,
      remedy: `Run a preview to see what changed, then resume ${run.id}.`,
      retry: 'safe',
    });
  }
}

async function conclude(run: Run, step: PlanStep, row: TransactionRow): Promise<void> {
  const receipt = await receiptOf(run, row);
  if (receipt === null) return;
  if (receipt.succeeded) stepEnded(run, step, await endOfSuccess(run, step, receipt));
  else if (isIndependent(step)) stepEnded(run, step, await endOfRevert(run, step, receipt));
}

/** A mined row whose block is final and still holds it; others go back to what the chain shows now. */
async function isFinal(run: Run, row: TransactionRow, finalNumber: number): Promise<boolean> {
  const receipt = await receiptOf(run, row);
  const { journal, progress } = run.context;
  if (receipt === null || receipt.blockHash !== row.minedHash) {
    journal.unmined(row.id);
    if (row.hash !== null)
      progress({ kind: 'transaction', step: row.step, hash: row.hash, state: 'returned' });
    return false;
  }
  return receipt.blockNumber <= finalNumber;
}

/** Concludes what is final now. @returns whether anything is left that is sent or mined but not final. */
async function settleOnce(run: Run): Promise<boolean> {
  const { chain, journal } = run.context;
  await awaitMined(run);
  const final = await chain.finalHead();
  const mined = run.snapshot().transactions.filter((row) => row.state === 'mined');
  let left = false;
  for (const row of mined) {
    if (final !== null && (await isFinal(run, row, final.number))) journal.final(row.id);
    else left = true;
  }
  const rows = stepsNow(run.snapshot());
  for (const step of run.plan.steps) {
    const row = rows.get(step.name);
    if (row === undefined || isEnded(row)) continue;
    const call = minedCall(run, row);
    if (call?.state === 'final') await conclude(run, step, call);
  }
  return left;
}

/** Until every transaction of the recovery is final and every sent step has its outcome. */
export async function awaitFinal(run: Run): Promise<void> {
  while (await settleOnce(run)) {
    assertGoing(run);
    const { number } = await run.context.chain.head();
    run.context.progress({ kind: 'waiting', what: 'blocks on top, until all transactions are final' });
    await run.context.chain.nextBlock(number, run.context.signal).catch((error: unknown) => {
      assertGoing(run);
      throw error;
    });
  }
}

/** Concludes what is final already, without waiting for the rest: what instant chains and resumed runs gain by. */
export async function concludeFinal(run: Run): Promise<void> {
  await settleOnce(run);
}
