/** Writes the outcome of a sent step, once, when its transaction is final (DESIGN 4.6). */
import { DeskError } from '../../shared/errors.ts';
import type { StepEnd, StepRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { BlockRef, Receipt } from '../chain/types.ts';
import type { Postcondition } from '../protocols/recovery-protocol.ts';
import { isEnded, minedCall, nextBlock, stepRow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { phaseOf } from './broadcast.ts';
import { judgeAt } from './links.ts';
import { awaitMined } from './mining.ts';
import { returnVanished } from './under-way.ts';
import { endRejected, isRejected } from './rejected.ts';
import { stepEnded } from './step-end.ts';
import { endsAll } from './base-steps.ts';

/**
 * What a refused transaction came to. The chain says it first: somebody else may have done it before, or the balance
 * may have left. Else it is asked again at its own block, for receipts carry no reason.
 */
async function endOfRevert(
  run: Run,
  step: PlanStep,
  receipt: Receipt,
  judged: Postcondition | undefined,
): Promise<StepEnd> {
  const transaction = receipt.hash;
  if (judged?.kind === 'done')
    return { state: 'done', outcome: { before: true, found: judged.outcome, refused: transaction } };
  if (judged?.kind === 'impossible') {
    const { reason, message, remedy } = judged;
    return { state: 'failed', outcome: { transaction }, reason, message, remedy };
  }
  if (judged?.kind === 'not_ours')
    return { state: 'skipped', outcome: { transaction }, message: judged.message };
  const replayed = await run.context.chain.replay(step.call, receipt.from, receipt.blockNumber);
  const explained = replayed.ok
    ? {
        reason: 'UNKNOWN' as const,
        message: 'The transaction was mined and refused; asked again, the contract gives no reason.',
        remedy: `Look at transaction ${transaction}, then retry.`,
      }
    : run.system.explainRevert(step, replayed.revert, replayed.message);
  return { state: 'failed', outcome: { transaction }, ...explained };
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
    // Others may have moved a part there before: only with theirs does it show whether anything is missing.
    ...(step.role === 'token' && judged?.kind === 'done' ? { found: judged.outcome } : {}),
  };
  // A freeze is carried on with its token, in one block even: its receipt says that it was set. Nor is lifting it undone
  // by what somebody else set after it. And what was paid in after our recovery, in the same block or before the one that
  // could be looked at, does not undo what its receipt says that it moved: verification looks whether that arrived.
  const moved = amount !== null && amount > 0n;
  const frozenAnew = step.role === 'release' && judged?.kind === 'not_ours';
  // Nothing but its receipt says that native coin was given.
  const bySuccess = step.role === 'contain' || step.role === 'fund';
  if (judged?.kind === 'done' || bySuccess || frozenAnew || moved) return { state: 'done', outcome };
  return {
    state: 'failed',
    outcome,
    reason: 'UNKNOWN',
    message: 'The transaction went through, but the chain does not show what it should have done.',
    remedy: `Look at transaction ${receipt.hash} before anything else is done.`,
  };
}

function failedBase(run: Run, step: PlanStep, row: StepRow): DeskError {
  const what = step.name.split(':')[0]?.replaceAll('_', ' ') ?? step.name;
  if (row.reason === 'RPC_ERROR') {
    const remedy = row.remedy ?? `Use another endpoint, then resume ${run.id}.`;
    return new DeskError('BROADCAST_REJECTED', {
      message: `For ${what}: ${row.message}`,
      remedy,
      retry: 'safe',
    });
  }
  const told = (['RECOVERED_ELSEWHERE', 'STATE_CONFLICT'] as const).find((code) => code === row.reason);
  return new DeskError(told ?? 'STEP_REVERTED', {
    message: `For ${what}: ${row.message}`,
    remedy: `Run a preview to see what changed, then resume ${run.id}.`,
    retry: 'safe',
  });
}

/**
 * A step that everything rests on, and that the contract or the node refused, ends this run; a later one tries again.
 * @throws DeskError STEP_REVERTED, BROADCAST_REJECTED, RECOVERED_ELSEWHERE, STATE_CONFLICT.
 */
export async function assertBaseStands(run: Run, steps: readonly PlanStep[]): Promise<void> {
  const base = steps.filter((step) => endsAll(run, step));
  const refused = base.some((step) => {
    const row = stepRow(run, step);
    return !isEnded(row) && (minedCall(run, row)?.succeeded === false || isRejected(run, row));
  });
  // Not before it is final: a block that goes takes the refusal along.
  if (refused) await awaitFinal(run);
  for (const step of base) {
    const row = stepRow(run, step);
    if (row.state === 'failed') throw failedBase(run, step, row);
  }
}

/** An endpoint that does not know yet what another has shown: looked at again. */
function lagging(what: string): DeskError {
  return new DeskError('BLOCK_CHANGED', {
    message: `The endpoint does not know ${what} that was shown before: it lags behind.`,
    remedy: 'Wait until the endpoint has caught up, or use another one, then resume.',
    retry: 'safe',
  });
}

interface Concluding {
  readonly step: PlanStep;
  readonly receipt: Receipt;
}

/**
 * Judges what was mined at the very block of its receipt, for later blocks may have gone on from there. A node
 * that no longer has the state of that block is asked at the newest final one.
 */
async function judgedAt(
  run: Run,
  blockNumber: number,
  entries: readonly Concluding[],
): Promise<readonly Postcondition[]> {
  const steps = entries.map(({ step }) => step);
  const judge = async (block?: BlockRef): Promise<readonly Postcondition[]> =>
    judgeAt(run, await viewAt(run, block), steps);
  const block = await run.context.chain.blockByNumber(blockNumber);
  if (block === null) throw lagging(`block ${blockNumber}`);
  try {
    return await judge(block);
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'RPC_ERROR') throw error;
    return judge((await run.context.chain.finalHead()) ?? undefined);
  }
}

/** Ends steps whose transaction is final, block by block. */
async function conclude(run: Run, concluding: readonly Concluding[]): Promise<void> {
  for (const number of new Set(concluding.map(({ receipt }) => receipt.blockNumber))) {
    const entries = concluding.filter(({ receipt }) => receipt.blockNumber === number);
    const judged = await judgedAt(run, number, entries);
    for (const [index, { step, receipt }] of entries.entries()) {
      const endOf = receipt.succeeded ? endOfSuccess : endOfRevert;
      stepEnded(run, step, await endOf(run, step, receipt, judged[index]));
    }
  }
}

interface Finality {
  readonly returned: boolean;
  /** Whether any is mined and not final yet. */
  readonly left: boolean;
}

/** Makes mined rows final whose block is final and still holds them. */
async function finalize(run: Run): Promise<Finality> {
  const { context } = run;
  if (!run.snapshot().transactions.some((row) => row.state === 'mined')) {
    return { returned: false, left: false };
  }
  const final = await context.chain.finalHead();
  const { standing, returned } = await returnVanished(run);
  const ripe = standing.filter(({ receipt }) => final !== null && receipt.blockNumber <= final.number);
  for (const { row } of ripe) {
    context.journal.final(row.id);
    context.checkpoint(`final:${phaseOf(run, row)}`);
  }
  return { returned, left: ripe.length < standing.length };
}

/** Concludes what is final now. @returns whether anything is left that is sent or mined but not final. */
async function settleOnce(run: Run): Promise<boolean> {
  let finality: Finality;
  do {
    await awaitMined(run);
    finality = await finalize(run);
    // What a reorg took is under way again: no step may be judged, or sent anew, before it is back in a block.
  } while (finality.returned);
  const calls = run.plan.steps.flatMap((step) => {
    const row = stepRow(run, step);
    const call = isEnded(row) ? undefined : minedCall(run, row);
    return call?.state === 'final' && call.hash !== null ? [{ step, hash: call.hash }] : [];
  });
  const receipts = await run.context.chain.receipts(calls.map(({ hash }) => hash));
  const answered = calls.flatMap(({ step }, index) => {
    const receipt = receipts[index] ?? null;
    return receipt === null ? [] : [{ step, receipt }];
  });
  // An outcome left out here would be passed over as if the step had never been sent.
  if (answered.length < calls.length) throw lagging('the receipt of a final transaction');
  await conclude(run, answered);
  endRejected(run);
  return finality.left;
}

/** Until every transaction of the recovery is final and every sent step has its outcome. */
export async function awaitFinal(run: Run): Promise<void> {
  while (await settleOnce(run)) {
    await nextBlock(run, 'blocks on top, until all transactions are final');
  }
}

/** Concludes what is final already, without waiting for the rest: what instant chains and resumed runs gain by. */
export async function concludeFinal(run: Run): Promise<void> {
  await settleOnce(run);
}
