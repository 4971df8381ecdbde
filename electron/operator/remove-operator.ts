/**
 * Removing an operator. First nobody is the operator any more, in one commit; then the keychain forgets; then the vault
 * record goes. Cut off anywhere in between, nobody can sign in as the operator, and the rest is made up for later.
 */
import type { DeskError } from '../../shared/errors.ts';
import { asDeskError } from '../../shared/errors.ts';
import { assertIdle } from './change-operator.ts';
import { livingOperator } from './operator-desk.ts';
import type { OperatorDesk } from './operator-desk.ts';

/** What is left of an operator who was removed. */
export interface Leftover {
  readonly operatorId: string;
  /** Why the keychain still has its entry, or may have. */
  readonly error: DeskError;
}

/**
 * Removes an operator; the record stays for the audit. Who may do so is decided by the caller.
 * @returns null when the keychain's entry is gone, too; else what is left: `finishRemovals` tries again.
 * @throws DeskError OPERATOR_UNKNOWN, OPERATOR_BUSY, VAULT_CORRUPT: nothing was removed then.
 */
export function removeOperator(desk: OperatorDesk, operatorId: string): Promise<Leftover | null> {
  return desk.turns.take(operatorId, async () => {
    desk.operators.transaction(() => {
      assertIdle(desk, livingOperator(desk, operatorId).operator);
      desk.operators.remove(operatorId);
    });
    return forget(desk, operatorId);
  });
}

/** Makes up for removals that did not get to their end. To be called at every start. */
export async function finishRemovals(desk: OperatorDesk): Promise<readonly Leftover[]> {
  const left: (Leftover | null)[] = [];
  for (const id of desk.operators.unforgotten()) {
    left.push(await desk.turns.take(id, () => forget(desk, id)));
  }
  return left.filter((leftover) => leftover !== null);
}

async function forget({ operators, vault }: OperatorDesk, operatorId: string): Promise<Leftover | null> {
  try {
    const record = operators.get(operatorId)?.vault ?? null;
    if (record === null) return null;
    await vault.forget(operatorId, record);
    operators.forgotten(operatorId);
    return null;
  } catch (thrown) {
    return { operatorId, error: asDeskError(thrown) };
  }
}
