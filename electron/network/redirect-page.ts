/** What the person's browser is shown when it comes back: a page without scripts, which says nothing of what it brought. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

const STYLE = `
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 2rem;
  background: #ffffff; color: #1a1b1e; }
main { max-width: 34rem; }
h1 { font-size: 1.35rem; margin: 0 0 0.5rem; }
p { margin: 0; }
@media (prefers-color-scheme: dark) { body { background: #1a1b1e; color: #e9ecef; } }
`;

/** It cannot say yet whether the sign-in holds: that is found out after the browser has its answer. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Recovery Desk</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Back to Recovery Desk</h1>
<p>Recovery Desk has the answer of the identity provider. You may close this window.</p>
</main>
</body>
</html>
`;

// SECURITY: the page runs and loads nothing; its address, which holds a code, goes to nobody and into no cache.
const HEADERS = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  connection: 'close',
} as const;

/** Answers whoever brought what was waited for. */
export function sayDone(response: ServerResponse): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
}

/** Answers everybody else. */
export function sayNo(response: ServerResponse, status: 400 | 404): void {
  const text = status === 404 ? 'There is nothing here.\n' : 'This is not waited for.\n';
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

/** Sends the browser on. */
export function sendOn(response: ServerResponse, to: URL): void {
  response.writeHead(303, { ...HEADERS, location: to.href }).end();
}
