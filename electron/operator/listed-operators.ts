/** Who could sign in at a desk, as its records have them. */
import type { DeskError } from '../../shared/errors.ts';
import { asDeskError } from '../../shared/errors.ts';
import type { Operator } from '../../shared/operator.ts';
import type { OperatorRepository } from '../store/operator-repository.ts';
import { operatorUnknown } from './operator-refusals.ts';

export type ListedOperator =
  | { readonly kind: 'operator'; readonly operator: Operator }
  /** What is stored of it does not read. It cannot sign in, and is shown, so that it is not missed. */
  | { readonly kind: 'damaged'; readonly id: string; readonly name: string; readonly error: DeskError };

/** Those who were not removed, oldest first. */
export function listedOperators(
  operators: Pick<OperatorRepository, 'rows' | 'get'>,
): readonly ListedOperator[] {
  return operators
    .rows()
    .filter(({ removed }) => !removed)
    .map(({ id, name }): ListedOperator => {
      try {
        const stored = operators.get(id);
        if (stored === null) throw operatorUnknown(id);
        return { kind: 'operator', operator: stored.operator };
      } catch (thrown) {
        const error = asDeskError(thrown);
        if (error.code !== 'VAULT_CORRUPT') throw thrown;
        return { kind: 'damaged', id, name, error };
      }
    });
}
