/** Signs what the journal holds unsigned, and sends what it holds signed. Nothing is sent before its commit returned. */
import { assertNever } from '../../shared/assert-never.ts';
import { DeskError } from '../../shared/errors.ts';
import { isUnsettled } from '../../shared/journal.ts';
import type { TransactionRow } from '../../shared/journal.ts';
import type { StepPhase } from '../../shared/phases.ts';
import type { Hex } from '../../shared/values.ts';
import { eachSigner } from './each-signer.ts';
import { assertGoing } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { isSigningReplacement } from './holders-way.ts';
import { keyInUseElsewhere } from './nonces.ts';
import { signerFor } from './signer-door.ts';
import { slotOf } from './slots.ts';

function rowsById(run: Run, ids: readonly number[]): readonly TransactionRow[] {
  const rows = new Map(run.snapshot().transactions.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = rows.get(id);
    if (row === undefined) throw new Error(`the journal lacks transaction ${id}`);
    return row;
  });
}

/** Roles whose first signature is the point of no return (DESIGN 4.8). */
function endsReturn(run: Run, row: TransactionRow): boolean {
  const role = run.plan.steps.find((step) => step.name === row.step)?.role;
  return row.purpose === 'call' && role !== 'prepare';
}

/** The phase that a transaction belongs to. */
export function phaseOf(run: Run, row: TransactionRow): StepPhase | null {
  return run.plan.steps.find((step) => step.name === row.step)?.phase ?? null;
}

/**
 * A person at a device, or a signer far away, may take minutes: who asks to stop meanwhile does not wait for them. What
 * had been asked before is still signed, as a safe point comes after it.
 * @param sign asks the signer.
 */
export async function signing<T>(
  run: Run,
  sign: (options: { readonly signal?: AbortSignal }) => Promise<T>,
): Promise<T> {
  const { signal } = run.context;
  if (signal.aborted) return sign({});
  try {
    return await sign({ signal });
  } catch (error) {
    assertGoing(run);
    throw error;
  }
}

/** Signs intended transactions and stores raw forms and hashes in one commit. */
export async function signIntended(run: Run, ids: readonly number[]): Promise<void> {
  const rows = rowsById(run, ids).filter((row) => row.state === 'intended');
  if (rows.length === 0) return;
  const signers = rows.map((row) => ({ row, signer: signerFor(run, row) }));
  const entries: { id: number; raw: Hex; hash: Hex }[] = [];
  for (const { row, signer } of signers)
    entries.push({
      id: row.id,
      ...(await signing(run, (options) => signer.signTransaction(row.unsigned, options))),
    });
  run.context.journal.signed(
    entries,
    rows.some((row) => endsReturn(run, row)),
  );
}

/** Whether another of ours was signed for the same nonce: then that is what waits there. */
function hasSibling(run: Run, row: TransactionRow): boolean {
  return run
    .snapshot()
    .transactions.some(
      (other) =>
        slotOf(other) === slotOf(row) &&
        other.id !== row.id &&
        (other.state === 'signed' || other.state === 'sent'),
    );
}

export interface NotTaken {
  /** The node would not take them at all. */
  readonly rejected: readonly TransactionRow[];
  /** Their fee is below what is asked now: a fee bump is the way on. */
  readonly cheap: readonly TransactionRow[];
}

/**
 * Sends signed transactions, those of each signer in the order of their nonces. What keeps one signer from sending
 * keeps no other.
 * @throws DeskError OPERATOR_OUT_OF_FUNDS, OPERATOR_KEY_IN_USE_ELSEWHERE, of the network.
 */
export async function broadcastSigned(run: Run, ids: readonly number[]): Promise<NotTaken> {
  const rows = rowsById(run, ids).toSorted((a, b) => a.nonce - b.nonce || a.bump - b.bump);
  const rejected: TransactionRow[] = [];
  const cheap: TransactionRow[] = [];
  const { number: head } = await run.context.chain.head();
  await eachSigner(
    rows,
    (row) => row.signer,
    async (_signer, own) => {
      const came = await broadcastOf(run, own, head);
      rejected.push(...came.rejected);
      cheap.push(...came.cheap);
    },
  );
  return { rejected, cheap };
}

/**
 * Whether a reorg took what a replacement was given: that is looked at, and sent, again before the replacement's own. Once it
 * is final no block takes it back.
 */
async function isFundingGone(run: Run, { signer }: TransactionRow): Promise<boolean> {
  const funds = run.plan.steps.filter(({ role, wallet }) => role === 'fund' && wallet === signer);
  const given = run
    .snapshot()
    .transactions.filter(({ step, state }) => funds.some(({ name }) => name === step) && isUnsettled(state));
  const receipts = await run.context.chain.receipts(given.flatMap(({ hash }) => hash ?? []));
  return given.length > 0 && receipts.every((receipt) => receipt === null);
}

/** @param rows of one signer, in the order of their nonces. */
async function broadcastOf(run: Run, rows: readonly TransactionRow[], head: number): Promise<NotTaken> {
  const { chain, journal, progress } = run.context;
  const rejected: TransactionRow[] = [];
  const cheap: TransactionRow[] = [];
  for (const row of rows) {
    const { raw, hash } = row;
    if (raw === null || hash === null) throw new Error(`transaction ${row.id} is not signed`);
    const result = await chain.broadcast(raw);
    run.context.checkpoint(`broadcast:${phaseOf(run, row)}`);
    const taken = result.kind === 'accepted' || result.kind === 'known';
    if (row.state === 'signed' && !taken) journal.offered(row.id, head);
    switch (result.kind) {
      case 'accepted':
      case 'known':
        if (row.state === 'signed') journal.sent(row.id, head);
        progress({ kind: 'transaction', step: row.step, hash, state: 'sent' });
        break;
      case 'nonce_too_low':
        // Mined already, or the nonce is somebody else's: receipts tell, not this answer.
        break;
      case 'underpriced':
        if (!hasSibling(run, row)) throw keyInUseElsewhere(row.signer, `one waits at nonce ${row.nonce}`);
        break;
      case 'fee_too_low':
        cheap.push(row);
        break;
      case 'insufficient_funds':
        if (await isFundingGone(run, row)) break;
        throw new DeskError('OPERATOR_OUT_OF_FUNDS', {
          message: `${isSigningReplacement(run.plan, row.signer) ? 'The replacement wallet' : 'The operator'} ${row.signer} cannot pay for the next transaction. What was sent before stands.`,
          remedy: `Send native coin to ${row.signer}, then resume.`,
          retry: 'safe',
        });
      case 'rejected':
        // A node that serves another chain by now refuses for that reason alone.
        await chain.assertChainId();
        rejected.push(row);
        break;
      default:
        assertNever(result);
    }
  }
  return { rejected, cheap };
}
