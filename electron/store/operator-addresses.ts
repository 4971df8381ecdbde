/**
 * Whose addresses are known at this desk: by name, and those that somebody else signs for. An operator whose record does
 * not read is nobody here: that stops what concerns them, and nobody else's work.
 */
import type { Address } from '../../shared/address.ts';
import type { Operator } from '../../shared/operator.ts';
import type { OperatorRepository } from './operator-repository.ts';
import { readableOperator } from './readable-operator.ts';

type Listing = Pick<OperatorRepository, 'rows' | 'get'>;

function present(operators: Listing): readonly Operator[] {
  return operators
    .rows()
    .filter(({ removed }) => !removed)
    .flatMap(({ id }) => readableOperator(operators, id)?.operator ?? []);
}

/** Names of the operators who were set up here, by address; of two with one address the first. */
export function operatorNames(operators: Listing): ReadonlyMap<Address, string> {
  const named = present(operators).map(({ credential, name }) => [credential.address, name] as const);
  return new Map(named.toReversed());
}

/** Addresses that a Safe or a custody platform signs for. */
export function externalAddresses(operators: Listing): readonly Address[] {
  return present(operators).flatMap(({ credential }) =>
    credential.kind === 'export' ? [credential.address] : [],
  );
}
