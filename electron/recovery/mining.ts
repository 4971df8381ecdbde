/** Waits until sent transactions are in blocks: sends them again when a node forgot them, raises fees when they stick. */
import { DeskError } from '../../shared/errors.ts';
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import type { Receipt } from '../chain/types.ts';
import { broadcastSigned, phaseOf, signIntended } from './broadcast.ts';
import { withinBound } from './cost-bound.ts';
import { assertGoing, isUnderWay } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { keyInUseElsewhere, usedByOthers } from './nonces.ts';
import { bumpedForm } from './transaction-form.ts';

/** How long a look at the chain may rest when no block comes, in milliseconds. */
const LOOK_AGAIN_MS = 2_000;

/** How often a receipt is looked for again before its nonce counts as somebody else's. */
const RECEIPT_LOOKS = 2;

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
  run.context.checkpoint(`mined:${phaseOf(run, row)}`);
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

/** Mined rows whose block still holds them, with their receipts; what a reorg took is under way again. */
export interface Standing {
  readonly standing: readonly { readonly row: TransactionRow; readonly receipt: Receipt }[];
  /** Whether a block went, and a transaction with it. */
  readonly returned: boolean;
}

/** Looks whether mined rows are still in the block that they were seen in (DESIGN 4.6). */
export async function returnVanished(run: Run): Promise<Standing> {
  const { chain, journal, progress } = run.context;
  const rows = run
    .snapshot()
    .transactions.flatMap((row) =>
      row.state === 'mined' && row.hash !== null ? [{ row, hash: row.hash }] : [],
    );
  const receipts = await chain.receipts(rows.map(({ hash }) => hash));
  const standing = rows.flatMap(({ row }, index) => {
    const receipt = receipts[index] ?? null;
    return receipt?.blockHash === row.minedHash ? [{ row, receipt }] : [];
  });
  const kept = new Set(standing.map(({ row }) => row.id));
  const gone = rows.filter(({ row }) => !kept.has(row.id));
  for (const { row, hash } of gone) {
    journal.unmined(row.id);
    progress({ kind: 'transaction', step: row.step, hash, state: 'returned' });
  }
  return { standing, returned: gone.length > 0 };
}

/** Rows whose nonce the chain has passed although no receipt is one of ours. */
async function passedBy(run: Run, waiting: readonly TransactionRow[]): Promise<readonly TransactionRow[]> {
  const first = waiting[0];
  if (first === undefined) return [];
  const { chain } = run.context;
  const { latest } = await chain.nonces(first.signer);
  let passed = await collect(
    run,
    waiting.filter((row) => row.nonce < latest),
  );
  // A node may count a transaction before it has its receipt, and the two may come from two nodes.
  for (let look = 0; look < RECEIPT_LOOKS && passed.length > 0; look += 1) {
    await nextLook(run, (await chain.head()).number);
    passed = await collect(run, passed);
  }
  return passed;
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

/**
 * What waits at a nonce of which the node knows none of ours is somebody else's: nothing is sent over it (DESIGN 4.4).
 * @param unknown rows at nonces where the node shows no transaction of ours.
 * @throws DeskError OPERATOR_KEY_IN_USE_ELSEWHERE
 */
export async function assertNothingOver(run: Run, unknown: readonly TransactionRow[]): Promise<void> {
  const first = unknown[0];
  if (first === undefined) return;
  const { pending } = await run.context.chain.nonces(first.signer);
  // Mined since they were looked for: then they are ours after all.
  const [foreign] = await collect(
    run,
    unknown.filter((row) => row.nonce < pending),
  );
  if (foreign !== undefined) {
    throw keyInUseElsewhere(foreign.signer, `one that this desk did not send is at nonce ${foreign.nonce}`);
  }
}

/** @returns rows that nodes find too cheap by now. */
async function sendAgain(run: Run, waiting: readonly TransactionRow[]): Promise<readonly TransactionRow[]> {
  const { chain } = run.context;
  const signed = waiting.flatMap((row) => (row.hash === null ? [] : [{ row, hash: row.hash }]));
  const seen = await Promise.all(signed.map(({ hash }) => chain.transaction(hash)));
  const known = new Set(signed.flatMap(({ row }, index) => (seen[index] === null ? [] : [row.nonce])));
  await assertNothingOver(
    run,
    signed.flatMap(({ row }) => (known.has(row.nonce) ? [] : [row])),
  );
  const forgotten = signed.flatMap(({ row }, index) =>
    row.state === 'signed' || seen[index] === null ? [row] : [],
  );
  // Only the newest of a nonce: nodes refuse the cheaper ones beside it.
  const newest = [...byNonce(forgotten).values()].flatMap((rows) => rows.at(-1) ?? []);
  const { rejected, cheap } = await broadcastSigned(
    run,
    newest.map((row) => row.id),
  );
  const first = rejected[0];
  if (first === undefined) return cheap;
  throw new DeskError('BROADCAST_REJECTED', {
    message: `The node does not take the transaction of ${first.step}. It stays recorded, and nothing after it is sent.`,
    remedy: 'Ask whoever runs the endpoint why it refuses it, or use another endpoint, then resume.',
    retry: 'safe',
  });
}

async function raiseFees(
  run: Run,
  waiting: readonly TransactionRow[],
  cheap: readonly TransactionRow[],
  head: number,
): Promise<void> {
  const { chain, journal, policy, progress } = run.context;
  // Later nonces wait for the first: raising that one is enough.
  const [lowest] = waiting.toSorted((a, b) => a.nonce - b.nonce);
  const first = waiting.findLast((row) => row.nonce === lowest?.nonce);
  if (first === undefined || first.bump >= policy.maxBumps) return;
  const late = head - (first.sentAtBlock ?? head) >= policy.bumpAfterBlocks;
  if (!late && cheap.every((row) => row.id !== first.id)) return;
  const form = bumpedForm(first.unsigned, await chain.fees());
  if (form === null) return;
  const { recoveryId, step, attempt, purpose, signer, chainId, nonce } = first;
  const bump: NewTransaction = {
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
  };
  if (!withinBound(run, [bump])) {
    progress({
      kind: 'waiting',
      what: 'lower network fees: more would go past the highest cost of the plan',
    });
    return;
  }
  const ids = journal.intend([bump]);
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
    if (underWay(run).length === 0) return;
    // One that a reorg took back holds all later nonces.
    await returnVanished(run);
    const waiting = await collect(run, underWay(run));
    if (waiting.length === 0) return;
    await assertOurs(run, waiting);
    const cheap = await sendAgain(run, waiting);
    if ((await collect(run, underWay(run))).length === 0) return;
    await raiseFees(run, underWay(run), cheap, head);
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
