import type { Protocol } from 'devtools-protocol';
import type { PageTarget } from './page-target.ts';
import { runningBrowser } from './running-browser.ts';

/** Sets size, place or state of the window that a page is in; one without a page has none of them. */
export function setWindowBounds(page: PageTarget | undefined, bounds: Protocol.Browser.Bounds): void {
  const root = runningBrowser()?.process.connection.root;
  if (page === undefined || root === undefined) return;
  root
    .send('Browser.getWindowForTarget', { targetId: page.id })
    .then(({ windowId }) => root.tell('Browser.setWindowBounds', { windowId, bounds }))
    // The window is gone, or there is none.
    .catch(() => undefined);
}
