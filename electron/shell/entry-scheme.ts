// The linter looks for exports in files that the build takes in as text.
/* oxlint-disable import/default */
import type { Session } from 'electron';
import css from './entry-page/entry.css?raw';
import html from './entry-page/entry.html?raw';
import elements from './entry-page/elements.mjs?raw';
import script from './entry-page/entry.mjs?raw';
import fields from './entry-page/fields.mjs?raw';
import sheets from './entry-page/sheets.mjs?raw';
import { ENTRY_ORIGIN, ENTRY_SCHEME } from './origins.ts';
import { serveOrigin, type Served } from './serve-origin.ts';

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** The entry window's document is part of main itself: there is no file that somebody could change beside it. */
export const ENTRY_FILES: ReadonlyMap<string, Served> = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: html }],
  ['/entry.css', { type: 'text/css; charset=utf-8', body: css }],
  ['/entry.mjs', { type: JAVASCRIPT, body: script }],
  ['/elements.mjs', { type: JAVASCRIPT, body: elements }],
  ['/fields.mjs', { type: JAVASCRIPT, body: fields }],
  ['/sheets.mjs', { type: JAVASCRIPT, body: sheets }],
]);

/** Serves the entry window's document on its own session. */
export function setupEntryScheme(session: { readonly protocol: Pick<Session['protocol'], 'handle'> }): void {
  session.protocol.handle(
    ENTRY_SCHEME,
    serveOrigin(ENTRY_ORIGIN, (pathname) => ENTRY_FILES.get(pathname)),
  );
}
