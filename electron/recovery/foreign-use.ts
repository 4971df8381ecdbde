/** Whether somebody else sends with the operator's key, and what becomes of nonces lost to them (DESIGN 4.3, 4.4). */
import type { TransactionRow } from '../../shared/journal.ts';
import type { NonceView } from '../chain/types.ts';
import type { Run } from './engine-context.ts';
import { keyInUseElsewhere, usedByOthers } from './nonces.ts';
import { bySigner, bySlot } from './slots.ts';
import { collect, nextLook, underWay } from './under-way.ts';

/** How often a receipt is looked for again before its nonce counts as somebody else's. */
const RECEIPT_LOOKS = 2;

/** Rows at nonces that the node counts as used, or as used or waiting. */
async function countedBy(
  run: Run,
  rows: readonly TransactionRow[],
  count: keyof NonceView,
): Promise<readonly TransactionRow[]> {
  const counted: TransactionRow[] = [];
  for (const [signer, own] of bySigner(rows)) {
    const next = (await run.context.chain.nonces(signer))[count];
    counted.push(...own.filter((row) => row.nonce < next));
  }
  return counted;
}

/** Rows whose nonce the chain has passed although no receipt is one of ours. */
async function passedBy(run: Run, waiting: readonly TransactionRow[]): Promise<readonly TransactionRow[]> {
  if (waiting.length === 0) return [];
  const { chain } = run.context;
  let passed = await collect(run, await countedBy(run, waiting, 'latest'));
  // A node may count a transaction before it has its receipt, and the two may come from two nodes.
  for (let look = 0; look < RECEIPT_LOOKS && passed.length > 0; look += 1) {
    await nextLook(run, (await chain.head()).number);
    passed = await collect(run, passed);
  }
  return passed;
}

/**
 * Gives up nonces that somebody else used, as far as that is final: their steps then take another (DESIGN 4.3). Before
 * a walk begins, never within one: what is found while sending stops it, so that a person sees it first.
 */
export async function giveUpLostNonces(run: Run): Promise<void> {
  const { chain, journal } = run.context;
  for (const rows of bySlot(await passedBy(run, underWay(run))).values()) {
    const [first] = rows;
    const hashes = rows.flatMap((row) => row.hash ?? []);
    if (first !== undefined && (await usedByOthers(chain, first.signer, first.nonce, hashes)) === 'yes') {
      journal.abandon(rows.map((row) => row.id));
    }
  }
}

/** A nonce below the chain's count that has none of our receipts belongs to somebody else. */
export async function assertOurs(run: Run, waiting: readonly TransactionRow[]): Promise<void> {
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
  if (unknown.length === 0) return;
  // Mined since they were looked for: then they are ours after all.
  const [foreign] = await collect(run, await countedBy(run, unknown, 'pending'));
  if (foreign !== undefined) {
    throw keyInUseElsewhere(foreign.signer, `one that this desk did not send is at nonce ${foreign.nonce}`);
  }
}
