/** Writes the outcome of a sent step, once, when its transaction is final (DESIGN 4.6). */
import { DeskError } from '../../shared/errors.ts';
import type { StepEnd, StepRow, TransactionRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { BlockRef, Receipt } from '../chain/types.ts';
import type { Postcondition } from '../protocols/recovery-protocol.ts';
import { assertGoing, isEnded, linkOf, stepRow, transactionsOf, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { awaitMined } from './mining.ts';
import { stepEnded } from './step-end.ts';
import { isIndependent } from './step-judge.ts';

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

function endOfSuccess(
  run: Run,
  step: PlanStep,
  receipt: Receipt,
  judged: Postcondition | undefined,
): StepEnd {
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
  return transactionsOf(run, row).find(
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

interface Concluding {
  readonly step: PlanStep;
  readonly receipt: Receipt;
}

/**
 * Judges what went through at the very block of its receipt, for later blocks may have gone on from there. A node
 * that no longer has the state of that block is asked at the head.
 */
async function judgedAt(
  run: Run,
  blockNumber: number,
  steps: readonly PlanStep[],
): Promise<readonly Postcondition[]> {
  const judge = async (block?: BlockRef): Promise<readonly Postcondition[]> =>
    run.system.postconditions(await viewAt(run, block), steps, linkOf(run));
  const block = await run.context.chain.blockByNumber(blockNumber);
  try {
    return await judge(block ?? undefined);
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'RPC_ERROR') throw error;
    // By then a freeze has moved on with its token: the receipt alone speaks for it.
    const judged = await judge();
    return steps.map((step, index) =>
      step.role === 'contain' ? { kind: 'done', outcome: null } : (judged[index] ?? { kind: 'open' }),
    );
  }
}

/** Ends steps whose transaction is final, block by block. */
async function conclude(run: Run, concluding: readonly Concluding[]): Promise<void> {
  const refused = concluding.filter(({ receipt }) => !receipt.succeeded);
  for (const { step, receipt } of refused) {
    if (isIndependent(step)) stepEnded(run, step, await endOfRevert(run, step, receipt));
  }
  const went = concluding.filter(({ receipt }) => receipt.succeeded);
  for (const number of new Set(went.map(({ receipt }) => receipt.blockNumber))) {
    const entries = went.filter(({ receipt }) => receipt.blockNumber === number);
    const judged = await judgedAt(
      run,
      number,
      entries.map(({ step }) => step),
    );
    entries.forEach(({ step, receipt }, index) => {
      stepEnded(run, step, endOfSuccess(run, step, receipt, judged[index]));
    });
  }
}

/** Makes mined rows final whose block is final and still holds them; the others go back to what the chain shows. */
async function finalize(run: Run): Promise<boolean> {
  const { chain, journal, progress } = run.context;
  const rows = run
    .snapshot()
    .transactions.flatMap((row) =>
      row.state === 'mined' && row.hash !== null ? [{ row, hash: row.hash }] : [],
    );
  if (rows.length === 0) return false;
  const final = await chain.finalHead();
  const receipts = await chain.receipts(rows.map(({ hash }) => hash));
  let left = false;
  rows.forEach(({ row, hash }, index) => {
    const receipt = receipts[index] ?? null;
    if (receipt === null || receipt.blockHash !== row.minedHash) {
      journal.unmined(row.id);
      progress({ kind: 'transaction', step: row.step, hash, state: 'returned' });
      left = true;
    } else if (final !== null && receipt.blockNumber <= final.number) journal.final(row.id);
    else left = true;
  });
  return left;
}

/** Concludes what is final now. @returns whether anything is left that is sent or mined but not final. */
async function settleOnce(run: Run): Promise<boolean> {
  await awaitMined(run);
  const left = await finalize(run);
  const calls = run.plan.steps.flatMap((step) => {
    const row = stepRow(run, step);
    const call = isEnded(row) ? undefined : minedCall(run, row);
    return call?.state === 'final' && call.hash !== null ? [{ step, hash: call.hash }] : [];
  });
  const receipts = await run.context.chain.receipts(calls.map(({ hash }) => hash));
  await conclude(
    run,
    calls.flatMap(({ step }, index) => {
      const receipt = receipts[index] ?? null;
      return receipt === null ? [] : [{ step, receipt }];
    }),
  );
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
