import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passphraseForm } from '../../../electron/workbench/entry-forms.ts';
import { RawBrowser } from '../../support/raw-browser.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { DESK, ENTRY, Stage } from './stage.ts';

const folder = temporaryFolder('hand');
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open(folder, '<!doctype html><html lang="en"><title>Desk</title><input><p>desk');
});
afterAll(() => stage.stop());

const hands = () => stage.reports.filter((one) => one.report === 'hand').length;

/** What a taken-over page can make of the events that a hand is felt by. */
const MADE_UP = `(() => {
  class Trusted extends KeyboardEvent { get isTrusted() { return true; } }
  const events = [
    new KeyboardEvent('keydown', { key: 'a', bubbles: true }),
    new Trusted('keydown', { key: 'a', bubbles: true }),
    new PointerEvent('pointerdown', { bubbles: true, screenX: 5, screenY: 5 }),
    new PointerEvent('pointermove', { bubbles: true, screenX: 9, screenY: 9 }),
    new WheelEvent('wheel', { bubbles: true, deltaY: 5 }),
  ];
  for (const target of [window, document, document.querySelector('input')]) {
    for (const event of events) target.dispatchEvent(event);
  }
  document.querySelector('input').click();
  document.querySelector('input').focus();
  scrollBy(0, 1);
  return events.map((event) => event.type);
})()`;

describe('a hand on the desk', () => {
  it('is not what a script of the page makes up, and is a key that is pressed', async () => {
    const page = await stage.page(DESK);
    const mark = stage.reports.length;
    expect(await page.evaluate(MADE_UP)).toHaveLength(5);
    // What the preload had told before this call would have come before it.
    await page.evaluate(`desk.invoke('desk.state', {})`);
    await stage.report('called', mark);
    expect(hands()).toBe(0);

    await page.keyboard.press('a');

    await stage.report('hand', mark);
    expect(hands()).toBe(1);
  });

  it('cannot be told by the page itself', async () => {
    const page = await stage.page(DESK);
    expect(await page.evaluate('Object.keys(desk)')).toEqual(['invoke', 'on']);
    const asked = `desk.invoke('desk:hand', {}).then(() => 'answered', (error) => error.message)`;
    expect(await page.evaluate(asked)).toContain('no such procedure');
  });

  it('is felt in the entry window, too', async () => {
    const mark = stage.reports.length;
    const view = passphraseForm({ what: 'your keystore', file: 'operator.json' });
    stage.order({ do: 'ask', views: [view], right: 'a', held: false });
    const page = await stage.page(ENTRY);
    await page.locator('form').waitFor();
    await page.keyboard.press('a');
    await stage.report('hand', mark);
    await page.keyboard.press('Enter').catch(() => undefined);
    expect(await stage.report('result', mark)).toMatchObject({ result: 'taken' });
  });
});

describe('the machine', () => {
  it('locks the desk when the browser sees the screen locked', async () => {
    const browser = await RawBrowser.connect(await stage.portAddress());
    const session = await browser.attach(DESK);
    const screen = (isScreenUnlocked: boolean) =>
      browser.send('Emulation.setIdleOverride', { isUserActive: true, isScreenUnlocked }, session);
    await screen(true);
    await screen(false);
    expect(await stage.report('lock')).toMatchObject({ cause: 'screen_lock' });
    browser.close();
  });
});
