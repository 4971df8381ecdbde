import { describe, expect, it } from 'vitest';
import { groupedHex, shortHex } from '../../../renderer/components/address-text.ts';

const ADDRESS = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';

describe('an address on screen', () => {
  it('is shortened to its first and last four digits', () => {
    expect(shortHex(ADDRESS)).toBe('0xfB69…d359');
  });

  it('is not shortened where there is nothing to leave out', () => {
    expect(shortHex('0x1234')).toBe('0x1234');
  });

  it('in full is read in groups of four that make up the whole', () => {
    const groups = groupedHex(ADDRESS);

    expect(groups).toHaveLength(11);
    expect(groups.join('')).toBe(ADDRESS);
  });
});
