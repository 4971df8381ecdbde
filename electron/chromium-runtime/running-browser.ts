import type { Browser } from './browser.ts';

let current: Browser | undefined;
const { promise, resolve } = Promise.withResolvers<Browser>();

/** The browser of this process, once it runs. */
export function runningBrowser(): Browser | undefined {
  return current;
}

/** Settles when the browser of this process runs. */
export function whenBrowserRuns(): Promise<Browser> {
  return promise;
}

export function setRunningBrowser(browser: Browser): void {
  current = browser;
  resolve(browser);
}
