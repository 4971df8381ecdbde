import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app } from './app.ts';
import { beginBrowser, TEST_PORT_VARIABLE } from './begin-browser.ts';
import type { BrowserProcess } from './browser-process.ts';
import { watchWindows } from './browser-window.ts';
import { Browser } from './browser.ts';
import { serveRequests } from './requests.ts';
import { setRunningBrowser } from './running-browser.ts';
import { RuntimeError } from './runtime-error.ts';

/** Becomes ready once the application's main script has run, as Electron does. */
export function startSoon(): void {
  watchWindows({
    allClosed: () => app.allWindowsClosed(),
    refused: () => app.closingRefused(),
    created: (contents) => app.emit('web-contents-created', {}, contents),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  setImmediate(() => {
    if (!app.isEnding) void start().catch(failToStart);
  });
}

async function start(): Promise<void> {
  const portFile = process.env[TEST_PORT_VARIABLE];
  const process_ = await beginBrowser();
  if (app.isEnding) return;
  const browser = new Browser(process_);
  browser.on('devtools', () => fail(devtoolsOpened()));
  void process_.gone.then(() => {
    if (!app.isEnding) (app.isReady() ? fail : failToStart)(lost());
  });
  await browser.takeControl();
  await serveRequests(process_.connection.root);
  if (portFile !== undefined) await writePort(process_, portFile);
  setRunningBrowser(browser);
  app.becomeReady(() => browser.end());
}

/** Chromium writes the port that it chose into its profile. */
async function writePort({ switches }: BrowserProcess, file: string): Promise<void> {
  for (;;) {
    const text = await readFile(path.join(switches.profileFolder, 'DevToolsActivePort'), 'utf8').catch(
      () => '',
    );
    const [port, endpoint] = text.split('\n');
    if (port !== undefined && endpoint !== undefined) {
      // Whole or not at all: whoever waits for the file reads it at once.
      const draft = `${file}.${process.pid}`;
      writeFileSync(draft, `ws://127.0.0.1:${port}${endpoint}\n`, { mode: 0o600 });
      renameSync(draft, file);
      return;
    }
    await delay(20);
  }
}

function failToStart(error: unknown): void {
  tell(error);
  app.fail();
}

function fail(error: unknown): void {
  tell(error);
  app.exit(1);
}

function tell(error: unknown): void {
  process.stderr.write(error instanceof RuntimeError ? error.report() : `${String(error)}\n`);
}

function lost(): RuntimeError {
  return new RuntimeError(
    'BROWSER_LOST',
    'The browser that shows the desk ended unexpectedly, so the desk ended too. What it had begun goes on at the next start.',
    'Start the desk again.',
  );
}

function devtoolsOpened(): RuntimeError {
  return new RuntimeError(
    'DEVTOOLS_OPENED',
    'Developer tools were opened on a window of the desk. They could read and change what it shows, so the desk ended.',
    'Start the desk again and leave developer tools closed.',
  );
}
