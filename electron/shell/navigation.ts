import type { App, WebContents } from 'electron';

type Contents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

/** No page of the desk ever leaves its document, keeps it from being closed, opens another window or holds another page. */
export function setupNavigation(app: Pick<App, 'on'>): void {
  // SECURITY: said once for all pages there will ever be, not window by window.
  app.on('web-contents-created', (_event, contents) => denyLeaving(contents));
}

export function denyLeaving(contents: Contents): void {
  // SECURITY: main loads documents by itself, which raises none of these; whatever does is the page's doing.
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  // SECURITY: whether a window closes is asked by main, of a person; a page has no say in it, nor in quitting.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  // SECURITY: no popup, no new tab, nothing handed to the system's browser.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // SECURITY: no page within the page.
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
