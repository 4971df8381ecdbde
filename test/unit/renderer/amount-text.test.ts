import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText, countText } from '../../../renderer/components/amount-text.ts';

describe('an amount as people write it', () => {
  it.each([
    ['0', 18, '0'],
    ['1', 18, '0.000000000000000001'],
    ['1000000000000000000', 18, '1'],
    ['1234567500000', 6, '1,234,567.5'],
    ['1234567', 0, '1,234,567'],
    ['999', 0, '999'],
    ['100', 2, '1'],
    ['105', 2, '1.05'],
  ])('%s with %i decimals is %s', (value, decimals, text) => {
    expect(amountText(value, decimals)).toBe(text);
  });

  it('loses no digit of the largest amount there can be', () => {
    const largest = (2n ** 256n - 1n).toString();

    expect(amountText(largest, 18).replaceAll(/[,.]/gu, '')).toBe(largest);
  });

  it('reads back to the very amount, whatever amount and decimals', () => {
    const amounts = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 255 }), (amount, decimals) => {
        const [whole = '', fraction = ''] = amountText(amount.toString(), decimals)
          .replaceAll(',', '')
          .split('.');

        expect(BigInt(whole + fraction.padEnd(decimals, '0'))).toBe(amount);
      }),
    );
  });

  it('sets thousands of a count apart', () => {
    expect(countText(10_000)).toBe('10,000');
  });
});
