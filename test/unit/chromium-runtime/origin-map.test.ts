import { describe, expect, it } from 'vitest';
import {
  fromReserved,
  isOwnScheme,
  shownOrigin,
  shownUrl,
  toReserved,
} from '../../../electron/chromium-runtime/origin-map.ts';

describe('the reserved form of an address', () => {
  it.each([
    ['app://desk/index.html?a=1#/people', 'https://desk-app.invalid/index.html?a=1#/people'],
    ['app://desk', 'https://desk-app.invalid/'],
    ['entry://window/', 'https://window-entry.invalid/'],
    ['app://two-words/x', 'https://two-words-app.invalid/x'],
  ])('of %s is %s', (own, reserved) => {
    expect(toReserved(own)).toBe(reserved);
    expect(fromReserved(reserved)).toBe(own === 'app://desk' ? 'app://desk/' : own);
  });

  it.each([
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/html,x',
    'about:blank',
    'app://a.b/',
    'app://desk:1/',
    'app://me@desk/',
    'no address',
  ])('does not exist for %s', (url) => {
    expect(toReserved(url)).toBeUndefined();
  });

  it.each([
    'http://desk-app.invalid/',
    'https://desk-app.invalid:8443/',
    'https://me@desk-app.invalid/',
    'https://desk-app.invalid.example/',
    'https://x.desk-app.invalid/',
    'https://desk-https.invalid/',
    'https://invalid/',
  ])('is not %s', (url) => {
    expect(fromReserved(url)).toBeUndefined();
  });

  it('is not shown to main, and what is no address of the application is shown as it is', () => {
    expect(shownOrigin('https://desk-app.invalid')).toBe('app://desk');
    expect(shownOrigin('https://example.com')).toBe('https://example.com');
    expect(shownOrigin('://')).toBe('null');
    expect(shownOrigin('')).toBe('null');
    expect(shownUrl('about:blank')).toBe('about:blank');
  });

  it('leaves the schemes of browsers alone', () => {
    expect(['http', 'https', 'file', 'chrome', 'a-b', ''].filter(isOwnScheme)).toEqual([]);
    expect(['app', 'entry'].filter(isOwnScheme)).toEqual(['app', 'entry']);
  });
});
