/** Uses up reserved nonces that no call of ours will take (DESIGN 4.4). */
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import { broadcastSigned, phaseOf, signIntended } from './broadcast.ts';
import { assertWithinBound } from './cost-bound.ts';
import type { Run } from './engine-context.ts';
import { slotOf } from './slots.ts';
import { fillCall, unsignedForm } from './transaction-form.ts';

/** Gas of a plain transfer to an account without code, with room for chains that charge more. */
const FILL_GAS = 60_000n;

/** A fill that was stored and not signed before the desk was ended. */
function storedFill(run: Run, wanted: TransactionRow): readonly number[] {
  const { recoveryId, step, attempt } = wanted;
  return run.context.journal
    .stepTransactions(recoveryId, step, attempt)
    .flatMap((row) =>
      row.purpose === 'fill' && slotOf(row) === slotOf(wanted) && row.state === 'intended' ? [row.id] : [],
    );
}

async function storeFill(run: Run, row: TransactionRow): Promise<readonly number[]> {
  const { chain, journal } = run.context;
  const form = unsignedForm({
    chainId: row.chainId,
    nonce: row.nonce,
    call: fillCall(row.signer),
    gasLimit: FILL_GAS,
    fees: await chain.fees(),
  });
  const { recoveryId, step, attempt, signer, chainId, nonce } = row;
  const fill: NewTransaction = {
    recoveryId,
    step,
    attempt,
    signer,
    chainId,
    nonce,
    bump: 0,
    purpose: 'fill',
    unsigned: form.unsigned,
    costCap: form.costCap.toString(),
  };
  assertWithinBound(run, fill);
  const ids = journal.intend([fill]);
  run.context.checkpoint(`fill intended:${phaseOf(run, row)}`);
  return ids;
}

/** Uses up the nonce of a transaction that will not be sent, so that later ones are not held (DESIGN 4.4). */
export async function fillNonce(run: Run, row: TransactionRow): Promise<void> {
  const stored = storedFill(run, row);
  const ids = stored.length > 0 ? stored : await storeFill(run, row);
  await signIntended(run, ids);
  await broadcastSigned(run, ids);
}
