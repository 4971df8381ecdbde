import { readFileSync } from 'node:fs';
import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import type { PageTarget } from './page-target.ts';
import { whenBrowserRuns } from './running-browser.ts';
import { setWindowBounds } from './window-bounds.ts';
import { worldNames } from './world-scripts.ts';

/** Electron's own defaults. */
const [WIDTH, HEIGHT] = [800, 600];

/** Opens a page for a window, with its preload. @param url in its reserved form */
export async function openedPage(url: string, options: BrowserWindowConstructorOptions): Promise<PageTarget> {
  const { preload, nodeIntegrationInSubFrames = false } = options.webPreferences ?? {};
  // At once: a small file, that a busy machine would else let the window wait for.
  const text = preload === undefined ? '' : readFileSync(preload, 'utf8');
  const browser = await whenBrowserRuns();
  const { width = WIDTH, height = HEIGHT, x, y } = options;
  const page = await browser.open({
    url,
    width,
    height,
    scripts: { names: worldNames(), preload: text, subFrames: nodeIntegrationInSubFrames },
  });
  const place = x === undefined || y === undefined ? {} : { left: x, top: y };
  setWindowBounds(page, { width, height, ...place });
  return page;
}

/**
 * Refuses web preferences under which a page would get more than this runtime ever gives.
 * @throws Error
 */
// SECURITY: a preference that cannot be honoured must not pass in silence.
export function assertSafePreferences(preferences: WebPreferences = {}): void {
  const refused = [
    ...(preferences.sandbox === false ? ['sandbox: false'] : []),
    ...(preferences.contextIsolation === false ? ['contextIsolation: false'] : []),
    ...(preferences.nodeIntegration === true ? ['nodeIntegration: true'] : []),
    ...(preferences.nodeIntegrationInWorker === true ? ['nodeIntegrationInWorker: true'] : []),
    ...(preferences.webSecurity === false ? ['webSecurity: false'] : []),
    ...(preferences.allowRunningInsecureContent === true ? ['allowRunningInsecureContent: true'] : []),
    ...(preferences.webviewTag === true ? ['webviewTag: true'] : []),
  ];
  if (refused.length > 0) throw new Error(`This runtime has no ${refused.join(', ')}.`);
}
