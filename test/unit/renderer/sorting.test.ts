import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedIndex } from '../../../renderer/components/row-keys.ts';
import { amountKey, nextSort, sortedBy } from '../../../renderer/components/sorting.ts';

describe('the order of a table', () => {
  it('turns round when the same heading is pressed, and begins ascending at another', () => {
    expect(nextSort({ column: 'name', direction: 'ascending' }, 'name').direction).toBe('descending');
    expect(nextSort({ column: 'name', direction: 'descending' }, 'name').direction).toBe('ascending');
    expect(nextSort({ column: 'name', direction: 'descending' }, 'id').direction).toBe('ascending');
  });

  it('compares amounts of tokens with other decimals by their worth in whole units', () => {
    const rows = [
      { symbol: 'two', value: '2', decimals: 0 },
      { symbol: 'one and a half', value: '1500000', decimals: 6 },
      { symbol: 'ten', value: '10000000000000000000', decimals: 18 },
    ];

    const sorted = sortedBy(rows, (row) => amountKey(row.value, row.decimals), 'ascending');

    expect(sorted.map((row) => row.symbol)).toEqual(['one and a half', 'two', 'ten']);
  });

  it('is exact where floating numbers are not', () => {
    const larger = amountKey('9007199254740993', 0);

    expect(larger > amountKey('9007199254740992', 0)).toBe(true);
  });

  it('sorts words as a person does: numbers by size, letters without regard to case', () => {
    const sorted = sortedBy(['b10', 'B9', 'a1'], (word) => word, 'ascending');

    expect(sorted).toEqual(['a1', 'B9', 'b10']);
  });

  it('keeps rows that are alike in their order, in both directions, and leaves the rows given alone', () => {
    const rows = Object.freeze([
      { key: 1, at: 0 },
      { key: 1, at: 1 },
      { key: 0, at: 2 },
    ]);

    expect(sortedBy(rows, (row) => row.key, 'ascending').map((row) => row.at)).toEqual([2, 0, 1]);
    expect(sortedBy(rows, (row) => row.key, 'descending').map((row) => row.at)).toEqual([0, 1, 2]);
  });
});

describe('the keys of a table', () => {
  it('never leave its rows', () => {
    const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End');
    fc.assert(
      fc.property(fc.array(keys), fc.integer({ min: 1, max: 50 }), (pressed, count) => {
        let index = 0;
        for (const key of pressed) {
          index = movedIndex(key, index, count, 7) ?? -1;

          expect(index).toBeGreaterThanOrEqual(0);
          expect(index).toBeLessThan(count);
        }
      }),
    );
  });

  it('do nothing in an empty table, and leave other keys to others', () => {
    expect(movedIndex('ArrowDown', 0, 0, 7)).toBeNull();
    expect(movedIndex('x', 3, 10, 7)).toBeNull();
  });
});
