import * as fc from 'fast-check';
import { keccak256, toUtf8Bytes } from 'ethers';
import { describe, expect, it } from 'vitest';
import { canonicalText, digestOf } from '../../../shared/canonical.ts';

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value: unknown = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );

    expect(canonicalText(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as in RFC 8785, section 3.2.3', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\uFB33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1F600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };

    expect(Object.values(JSON.parse(canonicalText(value)) as object)[0]).toBe('One');
    expect([...canonicalText(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1])).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [333333333.3333333, '333333333.3333333'],
  ])('writes the number %d as RFC 8785, appendix B does', (number, text) => {
    expect(canonicalText(number)).toBe(text);
  });

  it('refuses what JSON cannot say, and half a surrogate pair', () => {
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, '\uD800', { key: '\uDC00' }])
      expect(() => canonicalText(value)).toThrow(Error);
  });

  it('gives the same digest whatever the order of keys, and keccak256 over the UTF-8 bytes', () => {
    expect(digestOf({ b: 'ü', a: 1 })).toBe(digestOf({ a: 1, b: 'ü' }));
    expect(digestOf({ b: 'ü', a: 1 })).toBe(keccak256(toUtf8Bytes('{"a":1,"b":"ü"}')));
  });

  it('reads back as the same value, and writes that again as the same text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalText(value);
        expect(canonicalText(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
