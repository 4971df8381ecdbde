/** Nonces belong to an address each: those of one have nothing to do with those of another (DESIGN 4.11). */
import type { Address } from '../../shared/address.ts';
import type { TransactionRow } from '../../shared/journal.ts';

/** One nonce of one address. */
export function slotOf({ signer, nonce }: Pick<TransactionRow, 'signer' | 'nonce'>): string {
  return `${signer}:${nonce}`;
}

function groupedBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

export function bySlot(rows: readonly TransactionRow[]): ReadonlyMap<string, readonly TransactionRow[]> {
  return groupedBy(rows, slotOf);
}

/** Rows, or steps, by the address that signs them, in the order in which the addresses come first. */
export function bySigner<T extends { readonly signer: Address }>(
  rows: readonly T[],
): ReadonlyMap<Address, readonly T[]> {
  return groupedBy(rows, (row) => row.signer);
}
