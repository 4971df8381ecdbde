/** Which recoveries still need an operator: nobody of them is removed, nor their key, while one does. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Journal } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';

export interface RecoveryRecords {
  readonly journal: Pick<Journal, 'list' | 'issues' | 'confirmedBy'>;
  /** @throws DeskError PLAN_ALTERED */
  readonly plans: { get(digest: Hex): Plan | null };
}

/** A plan that was altered is never carried out: nobody is needed to sign it. */
function signersOf({ plans }: RecoveryRecords, digest: Hex): readonly Address[] {
  try {
    return plans.get(digest)?.steps.map(({ signer }) => signer) ?? [];
  } catch (thrown) {
    if (thrown instanceof DeskError && thrown.code === 'PLAN_ALTERED') return [];
    throw thrown;
  }
}

/** Ids of those that have not ended and which the address began, confirmed a part of, or is to sign. */
export function openRecoveriesOf(records: RecoveryRecords, address: Address): readonly string[] {
  const { journal } = records;
  return [...journal.list(), ...journal.issues()]
    .filter(({ status }) => !hasEnded(status))
    .filter(
      ({ id, operator, planDigest }) =>
        operator === address ||
        journal.confirmedBy(id).includes(address) ||
        signersOf(records, planDigest).includes(address),
    )
    .map(({ id }) => id);
}
