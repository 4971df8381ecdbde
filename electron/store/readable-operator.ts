/** Reading operators one by one, so that one whose record is damaged holds nobody else up. */
import { asDeskError } from '../../shared/errors.ts';
import type { OperatorRepository } from './operator-repository.ts';
import type { StoredOperator } from './operator-rows.ts';

/** What is stored under the id; null where nothing is, or where it does not read. */
export function readableOperator(
  operators: Pick<OperatorRepository, 'get'>,
  id: string,
): StoredOperator | null {
  try {
    return operators.get(id);
  } catch (thrown) {
    if (asDeskError(thrown).code === 'VAULT_CORRUPT') return null;
    throw thrown;
  }
}
