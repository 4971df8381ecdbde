import * as fc from 'fast-check';
import { getAddress } from 'ethers';
import { describe, expect, it } from 'vitest';
import { readAddress, shortAddress, toAddress } from '../../../shared/address.ts';
import { addressSchema } from '../../../shared/address-schema.ts';

/** The vectors of EIP-55. */
const VECTORS = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x27b1fdb04752bbc536007a920d24acb045561c26',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
];
const VECTOR = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

describe('addresses', () => {
  it.each(VECTORS)('reads %s of EIP-55 as it is', (vector) => {
    expect(readAddress(vector)).toBe(vector);
  });

  it('takes all lower and all upper case, and answers the checksummed form', () => {
    expect(readAddress(VECTOR.toLowerCase())).toBe(VECTOR);
    expect(readAddress(`0x${VECTOR.slice(2).toUpperCase()}`)).toBe(VECTOR);
  });

  it('tells a wrong checksum from a malformed text', () => {
    expect(readAddress(VECTOR.replace('aA', 'Aa'))).toBe('checksum');
    for (const text of [
      '',
      '0x',
      VECTOR.slice(2),
      VECTOR.slice(2).toLowerCase(),
      VECTOR.slice(0, -1),
      `${VECTOR}0`,
      ` ${VECTOR}`,
      `${VECTOR}\n`,
    ])
      expect(readAddress(text)).toBe('malformed');
    expect(readAddress(VECTOR.replace('0x', '0X'))).toBe('malformed');
  });

  it('agrees with an independent implementation on any address', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{40}$/), (digits) => {
        expect(readAddress(`0x${digits}`)).toBe(getAddress(`0x${digits}`));
      }),
    );
  });

  it('finds every single letter written in the wrong case', () => {
    const letters = Array.from(VECTOR).flatMap((character, index) =>
      /[a-fA-F]/.test(character) ? [index] : [],
    );
    for (const index of letters) {
      const flipped = Array.from(VECTOR);
      const was = flipped[index] ?? '';
      flipped[index] = was === was.toLowerCase() ? was.toUpperCase() : was.toLowerCase();
      expect(readAddress(flipped.join(''))).toBe('checksum');
    }
  });

  it('says at a border what is wrong with a text', () => {
    expect(addressSchema.safeParse('0x12').error?.issues[0]?.message).toContain('40 hex digits');
    expect(addressSchema.safeParse(VECTOR.replace('aA', 'Aa')).error?.issues[0]?.message).toContain(
      'checksum',
    );
    expect(addressSchema.parse(VECTOR.toLowerCase())).toBe(VECTOR);
  });

  it('refuses to call a text an address that is none', () => {
    expect(() => toAddress('0x12')).toThrow(TypeError);
  });

  it('shortens to the first and last four digits', () => {
    expect(shortAddress(toAddress(VECTOR))).toBe('0x5aAe…eAed');
  });
});
