/** The order of tables: which column, which way, and how values stand to each other. */

export type Direction = 'ascending' | 'descending';

export interface Sort<Column extends string = string> {
  readonly column: Column;
  readonly direction: Direction;
}

/** The order after a column's heading was pressed: another column starts ascending, the same one turns round. */
export function nextSort<Column extends string>(sort: Sort<Column>, column: Column): Sort<Column> {
  const turned = sort.column === column && sort.direction === 'ascending';
  return { column, direction: turned ? 'descending' : 'ascending' };
}

/** A sorted copy. The key of a row is made once; rows with the same key keep their order in both directions. */
export function sortedBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | number | bigint,
  direction: Direction,
): readonly Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((one, other) => sign * compare(one.key, other.key))
    .map((entry) => entry.row);
}

/** Most decimals a token can have (a `uint8`): amounts of all tokens are compared on this scale. */
const SCALE = 255;

/** An amount in the smallest unit as a number that stands in order with those of tokens with other decimals. */
export function amountKey(value: string, decimals: number): bigint {
  return BigInt(value + '0'.repeat(SCALE - decimals));
}

// Made when it is first used: what the browser knows of languages takes it long to read.
let words: Intl.Collator | undefined;

function compare(one: string | number | bigint, other: string | number | bigint): number {
  if (typeof one === 'string' && typeof other === 'string') {
    words ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
    return words.compare(one, other);
  }
  if (one < other) return -1;
  return one > other ? 1 : 0;
}
