import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Browser } from '../../../electron/chromium-runtime/browser.ts';
import type { BrowserProcess } from '../../../electron/chromium-runtime/browser-process.ts';
import { lives } from '../../support/processes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('runtime-second-starts');
const started = path.join(folder, 'started');

/** A double for a second start that finds no browser to hand over to, and so stays: a real one hands over within moments. */
function stayingBrowser(): BrowserProcess {
  const executable = path.join(folder, 'browser');
  writeFileSync(
    executable,
    `#!/bin/sh\necho $$ > '${started}.part'\nmv '${started}.part' '${started}'\nexec sleep 600\n`,
  );
  chmodSync(executable, 0o700);
  const switches = {
    profileFolder: path.join(folder, 'profile'),
    headless: false,
    root: false,
    testPort: false,
  };
  const gone = new Promise<void>(() => undefined);
  return { executable, switches, gone, end: async () => undefined } as unknown as BrowserProcess;
}

const WINDOW = {
  url: 'https://desk-app.invalid/',
  width: 800,
  height: 600,
  scripts: { names: {} as never, preload: '', subFrames: false },
};

it('a second start that became a browser of its own ends with the desk, which opens no window then', async () => {
  const browser = new Browser(stayingBrowser());
  void browser.open(WINDOW).catch(() => undefined);
  await expect.poll(() => existsSync(started)).toBe(true);
  const pid = Number(readFileSync(started, 'utf8'));
  expect(lives(pid)).toBe(true);
  await browser.end();
  await expect.poll(() => lives(pid)).toBe(false);
});

it('no window is asked for once the browser was told to end', async () => {
  const browser = new Browser(stayingBrowser());
  await browser.end();
  await expect(browser.open(WINDOW)).rejects.toMatchObject({ code: 'BROWSER_LOST' });
});
