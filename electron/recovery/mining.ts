/** Waits until sent transactions are in blocks, and sends them again when a node forgot them. */
import { DeskError } from '../../shared/errors.ts';
import type { TransactionRow } from '../../shared/journal.ts';
import { broadcastSigned } from './broadcast.ts';
import type { NotTaken } from './broadcast.ts';
import { assertGoing } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { raiseFees } from './fee-bumps.ts';
import { fillNonce } from './fill.ts';
import { assertNothingOver, assertOurs } from './foreign-use.ts';
import { assertSignsHere } from './presence.ts';
import { bySigner, bySlot, slotOf } from './slots.ts';
import { collect, nextLook, openIntents, returnVanished, underWay } from './under-way.ts';

function notTaken({ step }: TransactionRow): DeskError {
  return new DeskError('BROADCAST_REJECTED', {
    message: `The node does not take the transaction of ${step}. It stays recorded, and nothing more is sent.`,
    remedy: 'Ask whoever runs the endpoint why it refuses it, or use another endpoint, then resume.',
    retry: 'safe',
  });
}

/** A replacement's transaction is not to be sent while what it pays with is in no block: a reorg may have taken that. */
function awaitsFunding({ plan }: Run, { signer }: TransactionRow, open: readonly TransactionRow[]): boolean {
  const funds = plan.steps.filter(({ role, wallet }) => role === 'fund' && wallet === signer);
  return open.some(({ step }) => funds.some(({ name }) => name === step));
}

/** @returns what a fee bump has to know: rows that nodes find too cheap by now, and raised fees that they refuse. */
async function sendAgain(run: Run, waiting: readonly TransactionRow[]): Promise<NotTaken> {
  const { chain } = run.context;
  const signed = waiting.flatMap((row) => (row.hash === null ? [] : [{ row, hash: row.hash }]));
  const seen = await Promise.all(signed.map(({ hash }) => chain.transaction(hash)));
  const known = new Set(signed.flatMap(({ row }, index) => (seen[index] === null ? [] : [slotOf(row)])));
  await assertNothingOver(
    run,
    signed.flatMap(({ row }) => (known.has(slotOf(row)) ? [] : [row])),
  );
  const left = new Set(underWay(run).map((row) => row.id));
  const there = new Set(signed.flatMap(({ row }, index) => (seen[index] === null ? [] : [row.id])));
  // Only the newest of a nonce: it took the place of the others, and nodes refuse those beside it.
  const newest = [...bySlot(signed.map(({ row }) => row)).values()].flatMap((rows) => rows.at(-1) ?? []);
  const forgotten = newest.filter(
    (row) => left.has(row.id) && (row.state === 'signed' || !there.has(row.id)),
  );
  const { rejected, cheap } = await broadcastSigned(
    run,
    forgotten.map((row) => row.id),
  );
  const takenBefore = (raised: TransactionRow): TransactionRow | undefined =>
    signed.findLast(
      ({ row }) => slotOf(row) === slotOf(raised) && row.id !== raised.id && row.state === 'sent',
    )?.row;
  const raised = rejected.filter((row) => row.state === 'signed' && takenBefore(row) !== undefined);
  // A raised fee that is refused replaces nothing: what the node took before is still the one that it may mine.
  const former = raised.flatMap((row) => takenBefore(row) ?? []).filter((row) => !there.has(row.id));
  const again = await broadcastSigned(
    run,
    former.map((row) => row.id),
  );
  const refused = [...rejected.filter((row) => !raised.includes(row)), ...again.rejected];
  // A call that no node ever took will not be: its nonce is used up, so that later ones are not held.
  const untaken = (row: TransactionRow): boolean => row.purpose === 'call' && row.state === 'signed';
  for (const row of refused.filter(untaken)) {
    assertSignsHere(run, row);
    await fillNonce(run, row);
  }
  const first = refused.find((row) => !untaken(row));
  if (first !== undefined) throw notTaken(first);
  return { cheap: [...cheap, ...again.cheap], rejected: raised };
}

/**
 * Until every signed transaction of the recovery is in a block; while some are reserved and unsigned, those before them.
 * @throws DeskError INTERRUPTED, NOT_MINED, OPERATOR_KEY_IN_USE_ELSEWHERE, OPERATOR_OUT_OF_FUNDS, BROADCAST_REJECTED,
 *   WAITING_FOR_OPERATOR where a nonce cannot be used up without its key.
 */
export async function awaitMined(run: Run): Promise<void> {
  const { context } = run;
  const unsigned = bySigner(openIntents(run));
  const isBefore = ({ signer, nonce }: TransactionRow): boolean =>
    (unsigned.get(signer) ?? []).every((row) => nonce < row.nonce);
  const left = (): readonly TransactionRow[] => underWay(run).filter(isBefore);
  const toSend = (): readonly TransactionRow[] => {
    const open = left();
    return open.filter((row) => !awaitsFunding(run, row, open));
  };
  const deadline = context.now().getTime() + context.policy.miningPatienceSeconds * 1000;
  for (;;) {
    const { number: head } = await context.chain.head();
    if (left().length === 0) return;
    // One that a reorg took back holds all later nonces.
    await returnVanished(run);
    const waiting = await collect(run, left());
    if (waiting.length === 0) return;
    await assertOurs(run, waiting);
    // Looking whose a nonce is may have found a receipt after all.
    const offered = await sendAgain(run, toSend());
    if ((await collect(run, left())).length === 0) return;
    await raiseFees(run, toSend(), offered, head);
    assertGoing(run);
    if (context.now().getTime() > deadline) {
      throw new DeskError('NOT_MINED', {
        message: 'A transaction was sent but is in no block yet. It stays recorded and may still be mined.',
        remedy: `Wait, then go on with: resume ${run.id}`,
        retry: 'safe',
      });
    }
    const { size } = bySlot(waiting);
    const what = size === 1 ? 'a transaction' : `${size} transactions`;
    context.progress({ kind: 'waiting', what: `${what} to be in a block` });
    await nextLook(run, head);
  }
}
