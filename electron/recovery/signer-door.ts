/** Looks once more, right before signing, whether a stored transaction is one of the plan that its signer confirmed, and within its cost. */
import { Transaction } from 'ethers';
import { DeskError } from '../../shared/errors.ts';
import type { TransactionRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { leftOfBound, raisedBefore } from './cost-bound.ts';
import type { Run } from './engine-context.ts';
import type { Signer } from './needs.ts';
import { isConfirmed } from './presence.ts';
import { fillCall, highestCostOf } from './transaction-form.ts';

/** What the row may call: its step's call, or nothing at all to the signer itself. */
function allowedCall(run: Run, row: TransactionRow): PlanStep['call'] | undefined {
  if (row.purpose === 'fill') return fillCall(row.signer);
  return run.plan.steps.find((step) => step.name === row.step && step.signer === row.signer)?.call;
}

/**
 * SECURITY: the database is a file that others may have touched; the plan was confirmed, and its digest is checked
 * whenever it is read.
 * @returns who signs it.
 * @throws DeskError SIGNER_REFUSED; COST_BOUND_REACHED for what an earlier run reserved under a higher bound of its own.
 */
export function signerFor(run: Run, row: TransactionRow): Signer {
  const call = allowedCall(run, row);
  const signer = run.context.signers.get(row.signer);
  const transaction = Transaction.from(row.unsigned);
  const stands =
    call !== undefined &&
    signer?.address === row.signer &&
    isConfirmed(run, row.signer) &&
    transaction.chainId === BigInt(run.plan.network.chainId) &&
    transaction.nonce === row.nonce &&
    transaction.to === call.to &&
    transaction.data === call.data &&
    transaction.value === BigInt(call.value ?? '0') &&
    highestCostOf(transaction) === BigInt(row.costCap);
  if (stands && leftOfBound(run) >= 0n) return signer;
  const raised = stands ? raisedBefore(run) : null;
  if (raised !== null) throw raised;
  throw new DeskError('SIGNER_REFUSED', {
    message: `The transaction stored for ${row.step} is not the one of the confirmed plan. It was not signed, and nothing was sent.`,
    remedy:
      'Somebody or something changed the journal. Have the workstation looked at before anything else is done.',
    retry: 'never',
  });
}
