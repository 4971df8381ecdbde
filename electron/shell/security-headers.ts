/** The headers of every answer to a page. They bind the page even where its own markup would not. */
import { createHash } from 'node:crypto';

/** Styles that are part of a document: exactly these texts, beside the desk's own files. */
export type OwnStyles = readonly string[];

// SECURITY: nothing is loaded but the desk's own files, nothing connects, no text becomes code.
const policy = (styles: OwnStyles): readonly string[] => [
  "default-src 'none'",
  "script-src 'self'",
  ["style-src 'self'", ...styles.map(hashSource)].join(' '),
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

// SECURITY: what no page of the desk ever uses, it cannot be made to use.
const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'xr-spatial-tracking',
];

// SECURITY: where the windowing runtime is a browser, the preload of the desk learns by this that the screen was locked,
// and the desk locks. A page that is taken over could learn that, too: nothing of what is on the screen, and no more.
const KEPT_FEATURES = ['idle-detection=(self)'];

/** The source expression of CSP Level 3, 2.3.1, that one text alone answers. */
function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** The headers of a document with styles of its own. */
export function securityHeaders(styles: OwnStyles): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy(styles).join('; '),
    'permissions-policy': [...DENIED_FEATURES.map((feature) => `${feature}=()`), ...KEPT_FEATURES].join(', '),
    // SECURITY: a file is what its content type says, whatever it looks like.
    'x-content-type-options': 'nosniff',
    // SECURITY: no other document takes this one's files, or lends it its own unasked. A process of its own it has
    // without a header, as the only origin of its site: by `--site-per-process` in a browser, by its session in Electron.
    // It has no opener, and nothing is ever served to a window that it opens. With cross-origin-opener-policy or
    // origin-agent-cluster beside that, Chromium threw the process of each new window away and started a second one,
    // which a launch waited for.
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}

/** Of everything but a document with styles of its own. */
export const SECURITY_HEADERS = securityHeaders([]);
