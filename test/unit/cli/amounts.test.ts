import * as fc from 'fast-check';
import { formatUnits } from 'ethers';
import { describe, expect, it } from 'vitest';
import { coins, tokenAmount } from '../../../electron/cli/amounts.ts';
import { table } from '../../../electron/cli/table.ts';

const MOST = (2n ** 256n - 1n).toString();

describe('token amounts', () => {
  it.each([
    ['0', 0, '0'],
    ['0', 18, '0'],
    ['1', 18, '0.000000000000000001'],
    ['1000', 3, '1'],
    ['1234567', 0, '1,234,567'],
    ['123456789', 6, '123.456789'],
    ['1500000000000000000', 18, '1.5'],
    ['999', 0, '999'],
    [MOST, 0, BigInt(MOST).toLocaleString('en-US')],
  ])('writes %s units with %i decimals as %s', (units, decimals, text) => {
    expect(tokenAmount(units, decimals)).toBe(text);
  });

  it('writes any amount of a token that claims 255 decimals: anybody can send such a token to a wallet', () => {
    expect(tokenAmount('5', 255)).toBe(`0.${'0'.repeat(254)}5`);
    expect(tokenAmount(MOST, 255)).toBe(`0.${'0'.repeat(255 - MOST.length)}${MOST}`);
  });

  it('agrees with an independent formatter', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.nat(80), (units, decimals) => {
        const plain = tokenAmount(units.toString(), decimals).replaceAll(',', '');
        expect(plain).toBe(formatUnits(units, decimals).replace(/\.0$/, ''));
      }),
    );
  });

  it('writes wei as coins', () => {
    expect(coins('1500000000000000000')).toBe('1.5');
  });
});

describe('tables', () => {
  it('pads columns to their widest cell and leaves no space at line ends', () => {
    expect(
      table(
        ['A', 'Long title'],
        [
          ['wider cell', ''],
          ['x', 'y'],
        ],
      ),
    ).toBe(['A           Long title', '──────────  ──────────', 'wider cell', 'x           y'].join('\n'));
  });

  it('counts what a reader sees as one character as one column', () => {
    const [, , first, second] = table(
      ['N', 'B'],
      [
        ['e\u0301', '1'],
        ['👨‍👩‍👧', '2'],
      ],
    ).split('\n');

    expect(first).toBe('e\u0301  1');
    expect(second).toBe('👨‍👩‍👧  2');
  });

  it('bears rows with fewer cells than the header', () => {
    expect(table(['A', 'B'], [['x']])).toBe('A  B\n─  ─\nx');
  });
});
