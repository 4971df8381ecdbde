import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Address } from '../../../shared/address.ts';
import type { EntryView } from '../../../shared/entry-view.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { DESK, ENTRY, Stage } from './stage.ts';

const folder = temporaryFolder('entry-window');
let stage: Stage;
let mark = 0;

beforeAll(async () => {
  stage = await Stage.open(folder, '<!doctype html><html lang="en"><title>Desk</title><p>desk');
});
afterAll(() => stage.stop());

const LOST = '0x52908400098527886E0F7030069857D2E4169EE7' as Address;
const REPLACEMENT = '0x8617E340B3D01FA5F11F306F4090FD50E238070D' as Address;
const IDENTITY = '0xde709f2102306220921060314715629080e2fb77' as Address;
const DIGEST = `0x${'1234abcd'.repeat(8)}` as const;

const confirm: EntryView = {
  kind: 'confirm',
  person: 'Ada <b>Lovelace</b>',
  network: 'Practice network',
  chainId: 31_337,
  practice: true,
  lostWallet: LOST,
  replacementWallet: REPLACEMENT,
  replacementIdentity: IDENTITY,
  tokens: 12,
  highestCost: '1234567890000000000000',
  digest: DIGEST,
  text: 'recover Ada',
};
const passphrase: EntryView = { kind: 'passphrase', what: 'Open your key', file: 'operator.json' };
const newPassphrase: EntryView = { kind: 'new_passphrase', what: 'A new wallet', minLength: 12 };

/** Presses a key by which the page may go before it answers. */
async function press(page: Page, key: 'Escape' | 'Enter'): Promise<void> {
  await page.keyboard.press(key).catch(() => undefined);
}

/** Opens the window on a view; what is typed is taken when it is `right`. */
async function opened(view: EntryView, right = 'recover Ada'): Promise<Page> {
  mark = stage.reports.length;
  stage.order({ do: 'ask', view, right });
  const page = await stage.page(ENTRY);
  await page.locator('form').waitFor();
  return page;
}

afterEach(async () => {
  // Whatever a test left open is given up.
  if (!stage.reports.slice(mark).some((one) => one.report === 'result')) {
    await press(await stage.page(ENTRY), 'Escape');
    await stage.report('result', mark);
  }
  await stage.gone(ENTRY);
});

describe('a confirmation', () => {
  it('shows person, network, the three addresses in full, tokens, cost, digest and the text', async () => {
    const page = await opened(confirm);
    const facts = await page
      .locator('dl > div')
      .evaluateAll((rows) =>
        rows.map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent]),
      );
    expect(facts).toEqual([
      ['Person', 'Ada <b>Lovelace</b>'],
      ['Network', 'Practice network (chain 31337)'],
      ['Lost wallet', LOST],
      ['Replacement wallet', REPLACEMENT],
      ['Replacement identity', IDENTITY],
      ['Tokens', '12'],
      ['Highest cost', "1,234.56789 in the network's own coin"],
      ['Digest of the plan', DIGEST],
    ]);
    expect(await page.locator('#wanted').textContent()).toContain('recover Ada');
  });

  it('sets an address in groups of four', async () => {
    const page = await opened(confirm);
    const groups = await page.locator('.groups').first().locator('.group').allTextContents();
    expect(groups).toEqual(['0x', ...(LOST.slice(2).match(/.{4}/gu) ?? [])]);
  });

  it('wears the mark of the practice network, and only there', async () => {
    const page = await opened(confirm);
    expect(await page.locator('.practice').isVisible()).toBe(true);
    await press(page, 'Escape');
    await stage.report('result', mark);
    await stage.gone(ENTRY);
    const real = await opened({ ...confirm, practice: false });
    expect(await real.locator('.practice').count()).toBe(0);
  });

  it('is typed and sent with Enter, the field having the focus from the start', async () => {
    const page = await opened(confirm);
    await page.keyboard.type('recover Ada');
    await press(page, 'Enter');
    expect(await stage.report('result', mark)).toMatchObject({ result: 'taken' });
    expect(await stage.report('typed', mark)).toMatchObject({ typed: 'recover Ada' });
  });

  it('says why a text was not taken, and stays open', async () => {
    const page = await opened(confirm);
    await page.keyboard.type('recover Bob');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'That is not the text.' }).waitFor();
    expect(stage.reports.slice(mark).some((one) => one.report === 'result')).toBe(false);
  });

  it('cannot be pasted', async () => {
    const page = await opened(confirm);
    await page.keyboard.type('kept');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('End');
    await page.keyboard.press('Control+v');
    expect(await page.locator('#typed').inputValue()).toBe('kept');
    await page.getByRole('alert').filter({ hasText: 'cannot be pasted' }).waitFor();
  });

  it('cannot be dropped', async () => {
    const page = await opened(confirm);
    const prevented = await page.locator('#typed').evaluate((field) => {
      const drop = new DragEvent('drop', {
        bubbles: true,
        cancelable: true,
        dataTransfer: new DataTransfer(),
      });
      return !field.dispatchEvent(drop);
    });
    expect(prevented).toBe(true);
  });

  it('is cancelled by Escape and by its button', async () => {
    const page = await opened(confirm);
    await press(page, 'Escape');
    expect(await stage.report('result', mark)).toMatchObject({ result: 'cancelled' });
    await stage.gone(ENTRY);
    const again = await opened(confirm);
    await again
      .getByRole('button', { name: 'Cancel' })
      .click()
      .catch(() => undefined);
    expect(await stage.report('result', mark)).toMatchObject({ result: 'cancelled' });
  });
});

describe('a passphrase', () => {
  it('is hidden, and shown on request', async () => {
    const page = await opened(passphrase, 'correct horse');
    const field = page.locator('#typed');
    await page.keyboard.type('correct');
    expect(await field.getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: 'Show: Passphrase' }).click();
    expect(await field.getAttribute('type')).toBe('text');
    await page.getByRole('button', { name: 'Hide: Passphrase' }).click();
    expect(await field.getAttribute('type')).toBe('password');
    await page.keyboard.type(' horse');
    await press(page, 'Enter');
    expect(await stage.report('result', mark)).toMatchObject({ result: 'taken' });
  });

  it('that is wrong is cleared', async () => {
    const page = await opened(passphrase, 'correct horse');
    await page.keyboard.type('wrong');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'That is not the text.' }).waitFor();
    expect(await page.locator('#typed').inputValue()).toBe('');
  });

  it('that is new is typed twice and long enough before main is asked', async () => {
    const page = await opened(newPassphrase, 'correct horse battery');
    await page.locator('#typed').fill('short');
    await page.locator('#again').fill('short');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'at least 12' }).waitFor();
    await page.locator('#typed').fill('correct horse battery');
    await page.locator('#again').fill('correct horse batteri');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'not the same' }).waitFor();
    expect(stage.reports.slice(mark).some((one) => one.report === 'typed')).toBe(false);
    await page.locator('#again').fill('correct horse battery');
    await press(page, 'Enter');
    expect(await stage.report('result', mark)).toMatchObject({ result: 'taken' });
  });
});

describe('the document', () => {
  it.each([
    ['confirm', 'light', confirm],
    ['confirm', 'dark', confirm],
    ['passphrase', 'light', passphrase],
    ['passphrase', 'dark', passphrase],
    ['new passphrase', 'light', newPassphrase],
    ['new passphrase', 'dark', newPassphrase],
  ] as const)('%s has no accessibility violation in the %s theme', async (_what, colorScheme, view) => {
    const page = await opened(view);
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map((violation) => violation.id)).toEqual([]);
  });

  it('breaks no policy of its own', async () => {
    const page = await opened(confirm);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.keyboard.type('recover Bob');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'That is not the text.' }).waitFor();
    expect(said).toEqual([]);
  });

  it('knows nothing of the desk', async () => {
    const page = await opened(confirm);
    expect(await page.evaluate('[typeof desk, typeof require, typeof process, location.origin]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
      ENTRY.slice(0, -1),
    ]);
  });
});

describe("a desk's page that was taken over", () => {
  const reach = (script: string) => async (): Promise<unknown> => {
    const page = await stage.page(DESK);
    return page.evaluate(script);
  };

  it('has no bridge to the entry window, and no channel of it', async () => {
    await opened(confirm);
    expect(await reach('typeof window.entry')()).toBe('undefined');
    for (const channel of ['entry:view', 'entry:submit', 'entry:cancel']) {
      const asked = `desk.invoke('${channel}', { typed: 'recover Ada' }).then(() => 'answered', (error) => error.message)`;
      expect(await reach(asked)()).toContain('no such procedure');
    }
  });

  it('cannot load, frame or open its document', async () => {
    await opened(confirm);
    expect(await reach(`fetch('${ENTRY}').then(() => 'loaded', () => 'refused')`)()).toBe('refused');
    const framed = `new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
      document.body.append(Object.assign(document.createElement('iframe'), { src: '${ENTRY}' }));
    })`;
    expect(await reach(framed)()).toBe('frame-src');
    await reach(`void window.open('${ENTRY}')`)();
    await expect.poll(() => stage.count(ENTRY)).toBe(1);
  });

  it('cannot leave for it', async () => {
    await opened(confirm);
    await reach(`void (location.href = '${ENTRY}')`)();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await reach('location.origin')()).toBe(DESK.slice(0, -1));
  });
});

describe('the last of it', () => {
  it('goes with the desk window, and then the desk ends', async () => {
    await opened(confirm);
    stage.order({ do: 'close' });
    expect(await stage.report('result', mark)).toMatchObject({ result: 'cancelled' });
    expect(await stage.ended).toBe(0);
  });
});
