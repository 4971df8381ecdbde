import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '@playwright/test';
import { RawBrowser } from '../../support/raw-browser.ts';
import { FixtureRun } from '../../support/runtime-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('runtime-desktop');
let run: FixtureRun;
let page: Page;

beforeAll(async () => {
  run = new FixtureRun({ folder });
  await run.event('ready');
  page = await run.page();
});
afterAll(() => run.stop());

/** The page of the dialog that is open, there being one at a time; its address ends in its scheme. */
const dialogPage = () => run.page('-dialog.invalid/');

/** As a person does in the browser's own file chooser; Playwright would hand over a copy without a path. */
async function chooseFile(dialog: Page, file: string): Promise<void> {
  const session = await dialog.context().newCDPSession(dialog);
  const { result } = await session.send('Runtime.evaluate', {
    expression: `document.querySelector('input[type=file]')`,
  });
  if (result.objectId === undefined) throw new Error('the dialog has no place for a file');
  await session.send('DOM.setFileInputFiles', { files: [file], objectId: result.objectId });
}

describe('a dialog', () => {
  it('shows what main asks as text, and answers with the button that was pressed', async () => {
    const options = { message: 'Lose <b>everything</b>?', detail: 'Two\nlines', buttons: ['Stay', 'Go on'] };
    run.order({ do: 'ask', options });
    const dialog = await dialogPage();
    await expect.poll(() => dialog.locator('h1').textContent()).toBe('Lose <b>everything</b>?');
    await dialog.getByRole('button', { name: 'Go on' }).click({ noWaitAfter: true });
    expect(await run.event('asked')).toMatchObject({ response: 1 });
    await expect.poll(() => dialog.isClosed()).toBe(true);
  });

  it('is as tall as what it says, so that no button of it has to be looked for', async () => {
    const before = run.events.length;
    const buttons = [
      'Keep the window open',
      'Close the window, and let it go on without one',
      'Stop it at the next safe point, and close',
    ];
    const detail = 'What has been begun is kept, whatever is chosen here. '.repeat(6);
    run.order({ do: 'ask', options: { message: 'What should happen to it?', detail, buttons } });
    const dialog = await dialogPage();
    await dialog.getByRole('button').first().waitFor();
    const hidden = 'document.documentElement.scrollHeight - innerHeight';
    await expect.poll(() => dialog.evaluate(hidden)).toBeLessThanOrEqual(0);
    await dialog.keyboard.press('Escape').catch(() => undefined);
    await run.event('asked', {}, before);
  });

  it('has the focus on its default button, and Escape is the button that cancels', async () => {
    const before = run.events.length;
    run.order({ do: 'ask', options: { message: 'Sure?', buttons: ['Yes', 'Cancel'], defaultId: 0 } });
    const dialog = await dialogPage();
    await expect.poll(() => dialog.evaluate('document.activeElement?.textContent')).toBe('Yes');
    // The key is on its way up when the dialog has gone already.
    await dialog.keyboard.press('Escape').catch(() => undefined);
    expect(await run.event('asked', {}, before)).toMatchObject({ response: 1 });
  });

  it('gives main the paths of the files that were chosen, which no page learns', async () => {
    const file = path.join(folder, 'profile.json');
    writeFileSync(file, '{}');
    const options = { title: 'Choose', filters: [{ name: 'Profiles', extensions: ['json'] }] };
    run.order({ do: 'openFile', options });
    const dialog = await dialogPage();
    expect(await dialog.locator('input[type=file]').getAttribute('accept')).toBe('.json');
    await chooseFile(dialog, file);
    await dialog.getByRole('button', { name: 'Open' }).click({ noWaitAfter: true });
    expect(await run.event('chosen')).toMatchObject({ canceled: false, filePaths: [file] });
  });

  it('saves under a name that is free, after saying which', async () => {
    const taken = path.join(folder, 'report.json');
    writeFileSync(taken, 'kept');
    run.order({ do: 'saveFile', options: { defaultPath: taken } });
    const dialog = await dialogPage();
    const free = path.join(folder, 'report (2).json');
    await expect.poll(() => dialog.locator('#detail').textContent()).toContain(free);
    await dialog.getByRole('button', { name: 'Save' }).click({ noWaitAfter: true });
    expect(await run.event('saved')).toMatchObject({ canceled: false, filePath: free });
  });

  it('is no window of the application: closing it ends nothing', async () => {
    const before = run.events.length;
    run.order({ do: 'ask', options: { message: 'Sure?', buttons: ['Yes', 'No'] } });
    await (await dialogPage()).close();
    expect(await run.event('asked', {}, before)).toMatchObject({ response: 1 });
    expect(run.events.slice(before).map(({ event }) => event)).toEqual(['asked', 'done']);
  });
});

describe('keys', () => {
  it('of the browser are held, and main learns of them; others are left to the page', async () => {
    await page.evaluate(`window.pressed = {}; addEventListener('keydown', (event) => {
      pressed[[event.ctrlKey && 'Control', event.altKey && 'Alt', event.shiftKey && 'Shift', event.key]
        .filter(Boolean).join('+')] = event.defaultPrevented; });0`);
    const held = [
      'Control+Shift+I',
      'Control+r',
      'F5',
      'F12',
      'Control+t',
      'Control+n',
      'Alt+ArrowLeft',
      'Control+u',
      'Control+p',
      'Control+Shift+P',
      'Control+f',
      'Alt+Shift+I',
      'Shift+Escape',
    ];
    const free = ['Control+c', 'Control+v', 'Control+a', 'Control+w', 'Tab', 'a', 'Escape'];
    for (const key of [...held, ...free]) await page.keyboard.press(key);
    const pressed = (await page.evaluate('pressed')) as Record<string, boolean>;
    expect(held.map((key) => [key, pressed[key]])).toEqual(held.map((key) => [key, true]));
    expect(free.map((key) => [key, pressed[key]])).toEqual(free.map((key) => [key, false]));
    await run.event('key', { key: 'Escape' });
    expect(run.events).toContainEqual({ event: 'key', key: 'r', control: true });
    expect(run.events).not.toContainEqual(
      expect.objectContaining({ event: 'key', key: 'a', control: false }),
    );
  });
});

describe('the context menu of the browser', () => {
  it('with its way to developer tools does not open', async () => {
    await page.evaluate(
      `addEventListener('contextmenu', (event) => { window.menu = event.defaultPrevented; });0`,
    );
    await page.locator('h1').click({ button: 'right' });
    expect(await page.evaluate('menu')).toBe(true);
  });
});

describe('the surroundings of the window', () => {
  it('are light or dark as main says', async () => {
    for (const value of ['dark', 'light']) {
      run.order({ do: 'theme', value });
      await expect
        .poll(() => page.evaluate(`matchMedia('(prefers-color-scheme: ${value})').matches`))
        .toBe(true);
    }
  });

  it('tell main that the screen was locked', async () => {
    const browser = await RawBrowser.connect(await run.portAddress());
    const session = await browser.attach('https://desk-app.invalid/');
    await browser.send('Emulation.setIdleOverride', { isUserActive: true, isScreenUnlocked: true }, session);
    await browser.send('Emulation.setIdleOverride', { isUserActive: true, isScreenUnlocked: false }, session);
    expect(await run.event('lock-screen')).toBeDefined();
    await browser.send('Emulation.setIdleOverride', { isUserActive: true, isScreenUnlocked: true }, session);
    await run.event('unlock-screen');
    browser.close();
  });

  it.each(['file:///etc/passwd', 'http://example.com/', 'http://127.0.0.1.example.com/', 'no address'])(
    'do not open %s outside',
    async (url) => {
      run.order({ do: 'external', url });
      expect(await run.event('failed', { order: 'external' })).toMatchObject({
        message: 'Error: Only https addresses are opened, and http ones of this machine.',
      });
    },
  );

  it('draw nothing but the application', async () => {
    run.order({ do: 'load', name: 'desk', url: 'https://example.com/' });
    expect(await run.event('failed', { order: 'load' })).toMatchObject({
      message: expect.stringContaining('ERR_UNKNOWN_URL_SCHEME') as string,
    });
  });
});
