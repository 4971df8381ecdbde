import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../../../electron/chromium-runtime/browser-process.ts';
import { lives } from '../../support/processes.ts';
import { FixtureRun, type FixtureOptions } from '../../support/runtime-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { projectRoot } from '../../support/tree.ts';

const root = temporaryFolder('runtime-start');
let count = 0;

function start(options: Omit<FixtureOptions, 'folder'>): FixtureRun {
  const run = new FixtureRun({ folder: freshFolder(), port: false, ...options });
  onTestFinished(() => run.stop());
  return run;
}

function freshFolder(): string {
  count += 1;
  const folder = path.join(root, String(count));
  mkdirSync(folder);
  return folder;
}

describe('a start that cannot work says why, and ends with code 1', () => {
  it('without a browser', async () => {
    const run = start({ environment: { RECOVERY_DESK_BROWSER: '/nowhere/chromium' } });
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr).toContain('BROWSER_NOT_FOUND: RECOVERY_DESK_BROWSER names /nowhere/chromium');
    expect(run.stderr).toContain('What to do: Install Chromium, Google Chrome or Microsoft Edge');
  });

  it('without a display', async () => {
    const run = start({ environment: { RECOVERY_DESK_HEADLESS: '0' } });
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr).toContain('NO_DISPLAY');
    expect(run.stderr).toContain('xvfb-run');
  });

  it('with a display that nobody answers at', async () => {
    const run = start({ environment: { RECOVERY_DESK_HEADLESS: '0', DISPLAY: '127.0.0.1:97' } });
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr).toContain('BROWSER_LOST');
    expect(run.stderr).toContain('whether it reaches the display (DISPLAY=127.0.0.1:97)');
  });

  it('with a browser that ends at once', async () => {
    const run = start({ environment: { RECOVERY_DESK_BROWSER: '/bin/false' } });
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr).toContain('BROWSER_LOST');
  });

  it.each([
    ['NODE_OPTIONS', { environment: { NODE_OPTIONS: '--no-warnings' } }, 'NODE_OPTIONS is set'],
    ['the inspector', { nodeArguments: ['--disable-sigusr1', '--inspect=127.0.0.1:0'] }, 'inspector is on'],
    ['the signal that opens the inspector', { nodeArguments: [] }, '--disable-sigusr1 is missing'],
  ])('with %s', async (_what, options, words) => {
    const run = start(options);
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr).toContain('UNSAFE_START');
    expect(run.stderr).toContain(words);
    expect(run.events).toEqual([]);
  });
});

describe('a browser that policy keeps from being driven', () => {
  it('is ended with all it started, and the person told which policies to ask about', async () => {
    const folder = freshFolder();
    const script = path.join(folder, 'browser');
    const double = path.join(projectRoot, 'test', 'support', 'silent-browser.mjs');
    writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' '${double}'\n`);
    chmodSync(script, 0o700);
    process.env['RECOVERY_DESK_BROWSER'] = script;
    onTestFinished(() => {
      delete process.env['RECOVERY_DESK_BROWSER'];
    });
    const environment = { PATH: process.env['PATH'], TMPDIR: folder };
    const options = { headless: true, testPort: false, environment, answerDeadlineMs: 1500 };
    await expect(launchBrowser(options)).rejects.toMatchObject({
      code: 'BROWSER_POLICY_FORBIDS',
      remedy: expect.stringMatching(/RemoteDebuggingAllowed.*DeveloperToolsAvailability/u) as string,
    });
    expect(existsSync(path.join(folder, 'silent-browser'))).toBe(true);
    const pids = readFileSync(path.join(folder, 'silent-browser'), 'utf8').split(' ').map(Number);
    await expect.poll(() => pids.filter(lives)).toEqual([]);
  });
});
