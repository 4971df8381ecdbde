import { describe, expect, it } from 'vitest';
import { sortedRights } from '../../../../renderer/features/settings/right-columns.tsx';
import { sampleAddress } from '../../../support/fake-desk-data.ts';

const token = (symbol: string, custodian: boolean) => ({
  address: sampleAddress(symbol),
  symbol,
  name: symbol,
  custodian,
});

describe('custodian rights by token', () => {
  it('begin with those that lack', () => {
    const rows = sortedRights([token('A', true), token('B', false)], {
      column: 'right',
      direction: 'ascending',
    });

    expect(rows.map(({ symbol }) => symbol)).toEqual(['B', 'A']);
  });
});
