/** Waits until sent transactions are in blocks: sends them again when a node forgot them, raises fees when they stick. */
import { DeskError } from '../../shared/errors.ts';
import type { TransactionRow } from '../../shared/journal.ts';
import type { Receipt } from '../chain/types.ts';
import { broadcastSigned, signIntended } from './broadcast.ts';
import { assertGoing, isUnderWay } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { keyInUseElsewhere, usedByOthers } from './nonces.ts';
import { bumpedForm } from './transaction-form.ts';

/** How long a look at the chain may rest when no block comes, in milliseconds. */
const LOOK_AGAIN_MS = 2_000;

/** Signed and unsigned rows whose nonce is in no block yet, neither by them nor by a fee bump or fill of ours. */
function underWay(run: Run): readonly TransactionRow[] {
  const { transactions } = run.snapshot();
  const used = new Set(
    transactions.flatMap((row) => (row.state === 'mined' || row.state === 'final' ? [row.nonce] : [])),
  );
  return transactions.filter((row) => isUnderWay(row) && !used.has(row.nonce));
}

function byNonce(rows: readonly TransactionRow[]): ReadonlyMap<number, readonly TransactionRow[]> {
  const groups = new Map<number, TransactionRow[]>();
  for (const row of rows) groups.set(row.nonce, [...(groups.get(row.nonce) ?? []), row]);
  return groups;
}

function recordMined(run: Run, row: TransactionRow, receipt: Receipt): void {
  run.context.journal.mined(row.id, {
    number: receipt.blockNumber,
    hash: receipt.blockHash,
    succeeded: receipt.succeeded,
    costPaid: (receipt.gasUsed * receipt.effectiveGasPrice).toString(),
  });
  run.context.progress({ kind: 'transaction', step: row.step, hash: receipt.hash, state: 'mined' });
}

/** Records receipts; the rows that have none yet, without those whose nonce another of ours took. */
async function collect(run: Run, rows: readonly TransactionRow[]): Promise<readonly TransactionRow[]> {
  const signed = rows.filter((row) => row.hash !== null);
  const receipts = await run.context.chain.receipts(signed.flatMap((row) => row.hash ?? []));
  const taken = new Set<number>();
  signed.forEach((row, index) => {
    const receipt = receipts[index] ?? null;
    if (receipt === null) return;
    recordMined(run, row, receipt);
    taken.add(row.nonce);
  });
  return rows.filter((row) => !taken.has(row.nonce));
}

/** Rows whose nonce the chain has passed although no receipt is one of ours. */
async function passedBy(run: Run, waiting: readonly TransactionRow[]): Promise<readonly TransactionRow[]> {
  const first = waiting[0];
  if (first === undefined) return [];
  const { latest } = await run.context.chain.nonces(first.signer);
  return collect(
    run,
    waiting.filter((row) => row.nonce < latest),
  );
}

/**
 * Gives up nonces that somebody else used, as far as that is final: their steps then take another (DESIGN 4.3). Only
 * at the start of a run, when a person has seen that the key was in use elsewhere.
 */
export async function giveUpLostNonces(run: Run): Promise<void> {
  const { chain, journal } = run.context;
  for (const [nonce, rows] of byNonce(await passedBy(run, underWay(run)))) {
    const signer = rows[0]?.signer;
    const hashes = rows.flatMap((row) => row.hash ?? []);
    if (signer !== undefined && (await usedByOthers(chain, signer, nonce, hashes)) === 'yes') {
      journal.abandon(rows.map((row) => row.id));
    }
  }
}

/** A nonce below the chain's count that has none of our receipts belongs to somebody else. */
async function assertOurs(run: Run, waiting: readonly TransactionRow[]): Promise<void> {
  const [lost] = await passedBy(run, waiting);
  if (lost !== undefined)
    throw keyInUseElsewhere(lost.signer, `nonce ${lost.nonce} was used by another transaction`);
}

async function sendAgain(run: Run, waiting: readonly TransactionRow[]): Promise<void> {
  const { chain } = run.context;
  const signed = waiting.flatMap((row) => (row.hash === null ? [] : [{ row, hash: row.hash }]));
  const seen = await Promise.all(signed.map(({ hash }) => chain.transaction(hash)));
  const forgotten = signed.flatMap(({ row }, index) =>
    row.state === 'signed' || seen[index] === null ? [row] : [],
  );
  // Only the newest of a nonce: nodes refuse the cheaper ones beside it.
  const newest = [...byNonce(forgotten).values()].flatMap((rows) => rows.at(-1) ?? []);
  const rejected = await broadcastSigned(
    run,
    newest.map((row) => row.id),
  );
  const first = rejected[0];
  if (first === undefined) return;
  throw new DeskError('BROADCAST_REJECTED', {
    message: `The node does not take the transaction of ${first.step}. It stays recorded, and nothing after it is sent.`,
    remedy: 'Ask whoever runs the endpoint why it refuses it, or use another endpoint, then resume.',
    retry: 'safe',
  });
}

async function raiseFees(run: Run, waiting: readonly TransactionRow[], head: number): Promise<void> {
  const { chain, journal, policy } = run.context;
  const stuck = [...byNonce(waiting).values()].flatMap((rows) => {
    const newest = rows.at(-1);
    const since = newest?.sentAtBlock ?? head;
    const due =
      newest !== undefined && head - since >= policy.bumpAfterBlocks && newest.bump < policy.maxBumps;
    return due ? [newest] : [];
  });
  // Later nonces wait for the first: raising that one is enough.
  const first = stuck.toSorted((a, b) => a.nonce - b.nonce)[0];
  if (first === undefined) return;
  const form = bumpedForm(first.unsigned, await chain.fees());
  if (form === null) return;
  const { recoveryId, step, attempt, purpose, signer, chainId, nonce } = first;
  const ids = journal.intend([
    {
      recoveryId,
      step,
      attempt,
      purpose,
      signer,
      chainId,
      nonce,
      bump: first.bump + 1,
      unsigned: form.unsigned,
      costCap: form.costCap.toString(),
    },
  ]);
  await signIntended(run, ids);
  run.context.checkpoint(`bump signed:${step}`);
  await broadcastSigned(run, ids);
}

/** Resolves at the next block or after a while; a block that brings nothing is no reason to hang. */
async function nextLook(run: Run, head: number): Promise<void> {
  const timeout = AbortSignal.timeout(LOOK_AGAIN_MS);
  const signal = AbortSignal.any([timeout, run.context.signal]);
  try {
    await run.context.chain.nextBlock(head, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/**
 * Until every signed transaction of the recovery is in a block.
 * @throws DeskError INTERRUPTED, NOT_MINED, OPERATOR_KEY_IN_USE_ELSEWHERE, OPERATOR_OUT_OF_FUNDS, BROADCAST_REJECTED.
 */
export async function awaitMined(run: Run): Promise<void> {
  const { context } = run;
  const deadline = context.now().getTime() + context.policy.miningPatienceSeconds * 1000;
  for (;;) {
    const { number: head } = await context.chain.head();
    const waiting = await collect(run, underWay(run));
    if (waiting.length === 0) return;
    await assertOurs(run, waiting);
    await sendAgain(run, waiting);
    if ((await collect(run, underWay(run))).length === 0) return;
    await raiseFees(run, underWay(run), head);
    assertGoing(run);
    if (context.now().getTime() > deadline) {
      throw new DeskError('NOT_MINED', {
        message: 'A transaction was sent but is in no block yet. It stays recorded and may still be mined.',
        remedy: `Wait, then go on with: resume ${run.id}`,
        retry: 'safe',
      });
    }
    context.progress({ kind: 'waiting', what: `block with ${waiting.length} transactions` });
    await nextLook(run, head);
  }
}
