/** Whether somebody else sends with the operator's key, and what becomes of nonces lost to them (DESIGN 4.3, 4.4). */
import type { TransactionRow } from '../../shared/journal.ts';
import type { Run } from './engine-context.ts';
import { keyInUseElsewhere, usedByOthers } from './nonces.ts';
import { byNonce, collect, nextLook, underWay } from './under-way.ts';

/** How often a receipt is looked for again before its nonce counts as somebody else's. */
const RECEIPT_LOOKS = 2;

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
 * Gives up nonces that somebody else used, as far as that is final: their steps then take another (DESIGN 4.3). Before
 * a walk begins, never within one: what is found while sending stops it, so that a person sees it first.
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
