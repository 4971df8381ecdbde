import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  commandLineOf,
  environmentOf,
  listeningSockets,
  lives,
  processTree,
} from '../../support/processes.ts';
import { RawBrowser } from '../../support/raw-browser.ts';
import { FixtureRun, type FixtureOptions } from '../../support/runtime-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DESK = 'https://desk-app.invalid/';
const root = temporaryFolder('runtime-life');
let count = 0;

function freshFolder(): string {
  count += 1;
  const folder = path.join(root, String(count));
  mkdirSync(folder);
  return folder;
}

function start(options: Partial<FixtureOptions> = {}): FixtureRun {
  const run = new FixtureRun({ folder: freshFolder(), ...options });
  onTestFinished(() => run.stop());
  return run;
}

async function startReady(options: Partial<FixtureOptions> = {}): Promise<FixtureRun> {
  const run = start(options);
  await run.event('ready');
  return run;
}

async function rawClient(run: FixtureRun): Promise<RawBrowser> {
  const browser = await RawBrowser.connect(await run.portAddress());
  onTestFinished(() => browser.close());
  return browser;
}

function pidOf(run: FixtureRun): number {
  if (run.child.pid === undefined) throw new Error('it did not start');
  return run.child.pid;
}

const profilesIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('recovery-desk-browser-'));

describe('the browser of a running application', () => {
  it('listens on no TCP port', async () => {
    const run = await startReady({ port: false });
    const pids = processTree(pidOf(run));
    expect(pids.length).toBeGreaterThan(3);
    expect(listeningSockets(pids)).toEqual([]);
  });

  it('opens one for its tests, on the loopback alone', async () => {
    const run = await startReady();
    expect(await run.portAddress()).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/devtools\/browser\//u);
    const sockets = listeningSockets(processTree(pidOf(run)));
    expect(sockets.every((address) => address.startsWith('0100007F:'))).toBe(true);
    expect(sockets).toHaveLength(1);
  });

  it('gets no variable of the environment that is not on the list', async () => {
    const run = await startReady({ port: false, environment: { SECRET_TOKEN: 'hush', LC_TIME: 'C' } });
    const [, ...below] = processTree(pidOf(run));
    const names = below.flatMap((pid) => environmentOf(pid).map((one) => one.split('=')[0]));
    expect(names).toContain('LC_TIME');
    expect(names).not.toContain('SECRET_TOKEN');
    expect(names).not.toContain('FIXTURE_USER_DATA');
    expect(names).not.toContain('RECOVERY_DESK_HEADLESS');
  });

  it('draws its pages in the sandbox, unless root has to go without', async () => {
    const run = await startReady({ port: false });
    const renderers = processTree(pidOf(run))
      .map(commandLineOf)
      .filter((line) => line.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    const unsandboxed = renderers.filter((line) => line.includes('--no-sandbox')).length;
    expect(unsandboxed).toBe(process.getuid?.() === 0 ? renderers.length : 0);
  });

  it('has a profile of its own, for its owner alone, which goes with it', async () => {
    const folder = freshFolder();
    const run = await startReady({ folder, port: false });
    const [profile, ...others] = profilesIn(folder);
    expect(others).toEqual([]);
    expect(statSync(path.join(folder, profile ?? '')).mode & 0o777).toBe(0o700);
    run.order({ do: 'quit' });
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(profilesIn(folder)).toEqual([]);
  });
});

describe('an end that nobody wished for', () => {
  it('of the process that draws a page leaves the window, which comes back', async () => {
    const run = await startReady();
    const browser = await rawClient(run);
    const session = await browser.attach(DESK);
    browser.send('Page.crash', {}, session).catch(() => undefined);
    expect(await run.event('render-process-gone')).toMatchObject({ reason: 'crashed' });
    await expect
      .poll(async () => browser.evaluate(await browser.attach(DESK), `desk.invoke('echo', 'back')`), {
        timeout: 8000,
      })
      .toBe('back');
    const pages = (await browser.targets()).filter(({ type }) => type === 'page');
    expect(pages).toHaveLength(1);
  });

  it('of main by kill -9 ends the browser, and the next start removes its profile', async () => {
    const folder = freshFolder();
    const run = await startReady({ folder, port: false });
    const [, ...below] = processTree(pidOf(run));
    expect(below.length).toBeGreaterThan(2);
    run.child.kill('SIGKILL');
    await expect.poll(() => below.filter(lives), { timeout: 5000 }).toEqual([]);
    const left = profilesIn(folder);
    expect(left).toHaveLength(1);
    await startReady({ folder, port: false });
    expect(existsSync(path.join(folder, left[0] ?? ''))).toBe(false);
  });

  it('of the browser ends the application with a code and words', async () => {
    const run = await startReady({ port: false });
    const [, browser = 0] = processTree(pidOf(run));
    process.kill(browser, 'SIGKILL');
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr).toContain('BROWSER_LOST');
  });

  it('by developer tools on a window', async () => {
    const run = await startReady();
    const browser = await rawClient(run);
    let over = false;
    void run.ended.then(() => (over = true));
    // One that is closed before its address is known ends nothing: it has seen nothing. Nor does the browser always
    // answer for it, so no answer is waited for.
    await expect
      .poll(
        () => {
          const url = 'devtools://devtools/bundled/inspector.html';
          if (!over) browser.send('Target.createTarget', { url }).catch(() => undefined);
          return over;
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toBe(true);
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr).toContain('DEVTOOLS_OPENED');
  });
});

describe('a second start', () => {
  it('on the same data tells the first and ends, and the first stays', async () => {
    const folder = freshFolder();
    const first = await startReady({ folder, port: false });
    const second = start({ folder, port: false });
    expect(await second.ended).toEqual({ code: 0, signal: null });
    expect(second.events).toEqual([{ event: 'second' }]);
    expect(await first.event('second-instance')).toMatchObject({
      argv: expect.arrayContaining([expect.stringContaining('main.mjs')]) as string[],
      cwd: process.cwd(),
      data: { told: true },
    });
    expect(profilesIn(folder)).toHaveLength(1);
  });

  it('is the first again after a kill -9', async () => {
    const folder = freshFolder();
    const first = await startReady({ folder, port: false });
    first.child.kill('SIGKILL');
    await first.ended;
    const next = await startReady({ folder, port: false });
    expect(next.events).not.toContainEqual({ event: 'second' });
  });
});

describe('the end of a window', () => {
  it('by a person is asked of main, which can refuse it', async () => {
    const run = await startReady();
    const browser = await rawClient(run);
    const session = await browser.attach(DESK);
    run.order({ do: 'veto', value: true });
    await run.event('done', { order: 'veto' });
    await browser.send('Page.close', {}, session);
    await run.event('close', { name: 'desk' });
    expect(await browser.evaluate(session, 'location.href')).toContain(DESK);
    const seen = run.events.length;
    run.order({ do: 'veto', value: false });
    await run.event('done', { order: 'veto' }, seen);
    await browser.send('Page.close', {}, session);
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(run.events.slice(-3).map(({ event }) => event)).toEqual(['closed', 'before-quit', 'will-quit']);
  });

  it('is not asked of main when the page merely goes elsewhere', async () => {
    const run = await startReady();
    const browser = await rawClient(run);
    const session = await browser.attach(DESK);
    await browser.evaluate(session, `location.href = '/other.html'; 0`);
    await expect.poll(() => browser.evaluate(session, 'location.pathname')).toBe('/other.html');
    await browser.evaluate(session, `location.reload(); 0`);
    await expect.poll(() => browser.evaluate(session, `desk.invoke('echo', 1)`)).toBe(1);
    expect(run.events.filter(({ event }) => event === 'close')).toEqual([]);
  });

  it('by its document is a veto, unless main overlooks it', async () => {
    const run = await startReady();
    const browser = await rawClient(run);
    const session = await browser.attach(DESK);
    await browser.evaluate(session, `window.onbeforeunload = (event) => event.preventDefault(); 0`);
    run.order({ do: 'close', name: 'desk' });
    await run.event('close');
    expect(await browser.evaluate(session, 'location.href')).toContain(DESK);
    expect(run.events.filter(({ event }) => event === 'closed')).toEqual([]);
    run.order({ do: 'overlook', value: true });
    await run.event('done', { order: 'overlook' });
    run.order({ do: 'quit' });
    expect(await run.ended).toEqual({ code: 0, signal: null });
  });

  it('which main has decided on does not wait for a page that never answers', async () => {
    const run = await startReady();
    const browser = await rawClient(run);
    const session = await browser.attach(DESK);
    const endless = { expression: `desk.say('for ever'); for (;;);`, userGesture: true };
    browser.send('Runtime.evaluate', endless, session).catch(() => undefined);
    await run.event('said', { value: 'for ever' });
    run.child.kill('SIGTERM');
    await run.event('closed');
    expect(await run.ended).toEqual({ code: 0, signal: null });
  });

  it('is asked when the process is told to end', async () => {
    const run = await startReady({ port: false });
    run.child.kill('SIGTERM');
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(run.events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['before-quit', 'close', 'closed', 'will-quit']),
    );
  });
});
