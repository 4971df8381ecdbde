/** The headers of every answer to a page. They bind the page even where its own markup would not. */

// SECURITY: nothing is loaded but the desk's own files, nothing connects, no text becomes code.
const POLICY = [
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

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY.join('; '),
  'permissions-policy': [...DENIED_FEATURES.map((feature) => `${feature}=()`), ...KEPT_FEATURES].join(', '),
  // SECURITY: a file is what its content type says, whatever it looks like.
  'x-content-type-options': 'nosniff',
  // SECURITY: no other document shares this one's process, window group or files.
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
