// The linter looks for exports in files that the build takes in as text.
/* oxlint-disable import/default */
import type { Session } from 'electron';
import css from './entry-page/entry.css?raw';
import html from './entry-page/entry.html?raw';
import confirm from './entry-page/confirm-sheet.mjs?raw';
import elements from './entry-page/elements.mjs?raw';
import script from './entry-page/entry.mjs?raw';
import fields from './entry-page/fields.mjs?raw';
import passphrase from './entry-page/passphrase-input.mjs?raw';
import qr from './entry-page/qr.mjs?raw';
import parts from './entry-page/sheet-parts.mjs?raw';
import sheets from './entry-page/sheets.mjs?raw';
import typed from './entry-page/typed-field.mjs?raw';
import { ENTRY_ORIGIN, ENTRY_SCHEME } from './origins.ts';
import { serveOrigin, type Served } from './serve-origin.ts';

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** The entry window's document is part of main itself: there is no file that somebody could change beside it. */
export const ENTRY_FILES: ReadonlyMap<string, Served> = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: html }],
  ['/entry.css', { type: 'text/css; charset=utf-8', body: css }],
  ['/entry.mjs', { type: JAVASCRIPT, body: script }],
  ['/confirm-sheet.mjs', { type: JAVASCRIPT, body: confirm }],
  ['/elements.mjs', { type: JAVASCRIPT, body: elements }],
  ['/fields.mjs', { type: JAVASCRIPT, body: fields }],
  ['/passphrase-input.mjs', { type: JAVASCRIPT, body: passphrase }],
  ['/qr.mjs', { type: JAVASCRIPT, body: qr }],
  ['/sheet-parts.mjs', { type: JAVASCRIPT, body: parts }],
  ['/sheets.mjs', { type: JAVASCRIPT, body: sheets }],
  ['/typed-field.mjs', { type: JAVASCRIPT, body: typed }],
]);

/** Serves the entry window's document on its own session. */
export function setupEntryScheme(session: { readonly protocol: Pick<Session['protocol'], 'handle'> }): void {
  session.protocol.handle(
    ENTRY_SCHEME,
    serveOrigin(ENTRY_ORIGIN, (pathname) => ENTRY_FILES.get(pathname)),
  );
}
