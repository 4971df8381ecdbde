import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLineOf, processTree } from '../../support/processes.ts';
import { RawBrowser } from '../../support/raw-browser.ts';
import { FixtureRun } from '../../support/runtime-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { VirtualDisplay } from '../../support/virtual-display.ts';

const folder = temporaryFolder('runtime-headful');
let display: VirtualDisplay;
let run: FixtureRun;
let browser: RawBrowser;
let desk: string;

beforeAll(async () => {
  display = await VirtualDisplay.open();
  const environment = { RECOVERY_DESK_HEADLESS: '0', DISPLAY: display.name };
  run = new FixtureRun({ folder, environment, built: true });
  await run.event('ready');
  run.order({ do: 'open', name: 'entry', url: 'entry://window/other.html' });
  await run.event('opened', { name: 'entry', url: 'entry://window/other.html' });
  browser = await RawBrowser.connect(await run.portAddress());
  desk = await browser.attach('https://desk-app.invalid/');
});
afterAll(async () => {
  browser.close();
  await run.stop();
  await display.close();
});

describe('windows on a display, from the built stand-in', () => {
  it('have no tabs and no address bar, and the size that was asked for', async () => {
    const size = '({ width: outerWidth, height: outerHeight, bars: outerHeight - innerHeight })';
    const { width, height, bars } = (await browser.evaluate(desk, size)) as Record<string, number>;
    expect({ width, height }).toEqual({ width: 700, height: 500 });
    expect(bars).toBeLessThan(60);
    expect(await browser.evaluate(desk, `matchMedia('(display-mode: standalone)').matches`)).toBe(true);
  });

  it('are two of one browser, each with its document and its API', async () => {
    const entry = await browser.attach('https://window-entry.invalid/');
    expect(await browser.evaluate(entry, `desk.invoke('sender')`)).toMatchObject({
      frame: { origin: 'entry://window' },
    });
    expect(await browser.evaluate(desk, `desk.invoke('sender')`)).toMatchObject({
      frame: { origin: 'app://desk' },
    });
    const lines = processTree(run.child.pid ?? 0).map(commandLineOf);
    const browsers = lines.filter(
      (line) => line.includes('--remote-debugging-pipe') && !line.includes('--type='),
    );
    expect(browsers).toHaveLength(1);
  });

  it('put text on the clipboard for main, which a page cannot read', async () => {
    run.order({ do: 'copy', text: '0x1234' });
    await run.event('done', { order: 'copy' });
    const read = 'navigator.clipboard.readText().catch((error) => error.name)';
    expect(await browser.evaluate(desk, read)).toBe('NotAllowedError');
    await browser.send('Browser.grantPermissions', { permissions: ['clipboardReadWrite'] });
    // Only the window with the focus reads, and on a display without a window manager that takes a moment.
    const readInFront = async () => {
      await browser.send('Page.bringToFront', {}, desk);
      return browser.evaluate(desk, read);
    };
    await expect.poll(readInFront, { timeout: 5000 }).toBe('0x1234');
  });

  it('say nothing of a screen that cannot tell whether it is locked', () => {
    expect(run.events.filter(({ event }) => event.endsWith('lock-screen'))).toEqual([]);
  });

  it('close one by one, and the application ends with the last', async () => {
    run.order({ do: 'close', name: 'entry' });
    await run.event('closed', { name: 'entry' });
    expect(await browser.evaluate(desk, `desk.invoke('echo', 'still here')`)).toBe('still here');
    run.order({ do: 'close', name: 'desk' });
    expect(await run.ended).toEqual({ code: 0, signal: null });
  });
});
