import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SECURITY_HEADERS, securityHeaders } from '../../../electron/shell/security-headers.ts';

describe('the headers of every answer', () => {
  it('hold a policy under which only the files of the desk are loaded', () => {
    expect(SECURITY_HEADERS['content-security-policy']?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  it('let a document have styles of its own by their hash, and nothing else of it changes', () => {
    const style = 'p{color:red}';
    const hash = createHash('sha256').update(style).digest('base64');
    const { 'content-security-policy': policy, ...others } = securityHeaders([style]);
    const { 'content-security-policy': plain, ...plainOthers } = SECURITY_HEADERS;

    expect(policy).toBe(plain?.replace("style-src 'self'", `style-src 'self' 'sha256-${hash}'`));
    expect(others).toEqual(plainOthers);
  });

  it.each([
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-embedder-policy', 'require-corp'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ['cache-control', 'no-store'],
  ])('%s is %s', (name, value) => {
    expect(SECURITY_HEADERS[name]).toBe(value);
  });

  it('are these and no others: some would have every window made twice', () => {
    expect(Object.keys(SECURITY_HEADERS).toSorted()).toEqual([
      'cache-control',
      'content-security-policy',
      'cross-origin-embedder-policy',
      'cross-origin-resource-policy',
      'permissions-policy',
      'referrer-policy',
      'x-content-type-options',
      'x-frame-options',
    ]);
  });

  it.each(['camera', 'microphone', 'geolocation', 'usb', 'serial', 'hid', 'bluetooth', 'clipboard-read'])(
    'deny the feature %s to everybody',
    (feature) => {
      expect(SECURITY_HEADERS['permissions-policy']?.split(', ')).toContain(`${feature}=()`);
    },
  );

  it('leave the document one feature: to learn that the screen was locked', () => {
    const left = SECURITY_HEADERS['permissions-policy']?.split(', ').filter((one) => !one.endsWith('=()'));
    expect(left).toEqual(['idle-detection=(self)']);
  });
});
