import { describe, expect, it } from 'vitest';
import { agoText, spanText } from '../../../renderer/components/time-text.ts';
import { countryText } from '../../../renderer/features/preview/country-text.ts';

const MINUTE = 60_000;

describe('times in words', () => {
  it.each([
    [8_400, '8 s'],
    [2 * MINUTE + 5_000, '2 min 05 s'],
    [63 * MINUTE, '1 h 03 min'],
    [-5_000, '0 s'],
  ])('a span of %i milliseconds is %s', (span, text) => {
    expect(spanText(span)).toBe(text);
  });

  it.each([
    [2_000, 'just now'],
    [MINUTE, '1 minute ago'],
    [3 * 24 * 60 * MINUTE, '3 days ago'],
  ])('%i milliseconds back is %s', (span, text) => {
    expect(agoText(span)).toBe(text);
  });
});

describe('a country', () => {
  it('is named by its number, and told as a number where nobody knows it', () => {
    expect(countryText(276)).toBe('Germany (276)');
    expect(countryText(40)).toBe('Austria (040)');
    expect(countryText(999)).toBe('Country 999');
    expect(countryText(70_000)).toBe('Country 70000');
    expect(countryText(null)).toBe('None');
  });
});
