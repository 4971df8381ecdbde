import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  codeForm,
  newPassphraseForm,
  passphraseForm,
  recoveryCodesForm,
} from '../../../electron/workbench/entry-forms.ts';
import { passphraseLetterForm } from '../../../electron/workbench/hand-over-forms.ts';
import type { EntryView } from '../../../shared/entry-view.ts';
import {
  confirmView as confirm,
  DIGEST,
  everyField,
  holdersWayView,
  IDENTITY,
  LOST,
  proofView,
  REPLACEMENT,
  severalView,
  TOTP_SECRET,
  totpView,
} from '../../support/entry-views.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { DESK, ENTRY, Stage } from './stage.ts';

const folder = temporaryFolder('entry-window');
let stage: Stage;
let mark = 0;

beforeAll(async () => {
  stage = await Stage.open(folder, '<!doctype html><html lang="en"><title>Desk</title><p>desk');
});
afterAll(() => stage.stop());

const passphrase = passphraseForm({ what: 'Open your key', file: 'operator.json' });
const newPassphrase = newPassphraseForm({ what: 'A new wallet', minLength: 12 });
const code = codeForm({ title: 'Your one-time code', action: 'Sign in' });
const recoveryCodes = recoveryCodesForm(['4f7k-2m9q', '8h3d-6t1w']);
const WORDS = 'abandon ability able about above absent absorb abstract';
const named = { wallet: REPLACEMENT, lostWallet: LOST, recoveryId: 'R-00000000a1' };
const letter = passphraseLetterForm(named, true, WORDS);

/** Presses a key by which the page may go before it answers. */
async function press(page: Page, key: 'Escape' | 'Enter'): Promise<void> {
  await page.keyboard.press(key).catch(() => undefined);
}

interface Asked {
  /** The first value that is taken. */
  readonly right?: string;
  /** Shown one after the other once it was. */
  readonly following?: readonly EntryView[];
  readonly held?: boolean;
}

/** Opens the window on a view. */
async function opened(
  view: EntryView,
  { right = 'recover Ada', following = [], held = false }: Asked = {},
): Promise<Page> {
  mark = stage.reports.length;
  stage.order({ do: 'ask', views: [view, ...following], right, held });
  const page = await stage.page(ENTRY);
  await page.locator('form').waitFor();
  return page;
}

/** Everything that the document holds: its markup, and what stands in its fields. */
function held(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
    return [document.documentElement.outerHTML, ...fields.map(({ value }) => value)].join('\n');
  });
}

/** What was typed, as it came to main. */
async function typed(): Promise<unknown> {
  return (await stage.report('typed', mark))['values'];
}

const refusal = (page: Page) => page.getByRole('alert').filter({ hasText: 'That is not the text.' });

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
      ['Case', 'CASE-1: The wallet is lost'],
      ['Network', 'Practice network (chain 31337)'],
      ['Lost wallet', LOST],
      ['Replacement wallet', REPLACEMENT],
      ['Replacement identity', IDENTITY],
      ['Tokens', '12, of which 3 are expected to fail'],
      ['Highest cost', "1,234.567891 of the network's own coin"],
      ['Digest of the plan', DIGEST],
    ]);
    expect(await page.locator('#wanted').textContent()).toContain('recover Ada');
  });

  it('shows every lost wallet with its replacement, and what becomes of the wallets in use', async () => {
    const page = await opened(severalView);
    const facts = await page
      .locator('dl > div')
      .evaluateAll((rows) =>
        rows.map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent]),
      );
    const [other, before] = severalView.further ?? [];
    const [moving, staying] = severalView.healthy ?? [];
    expect(facts.slice(3, 12)).toEqual([
      ['Lost wallet (1 of 3)', LOST],
      ['Replacement (1 of 3)', REPLACEMENT],
      ['Lost wallet (2 of 3)', other?.lostWallet],
      ['Replacement (2 of 3)', other?.replacementWallet],
      ['Lost before (3 of 3)', before?.lostWallet],
      ['Linked to (3 of 3)', LOST],
      ['Replacement identity', IDENTITY],
      ['In use, moves along (1 of 2)', moving?.wallet],
      ['In use, stays (2 of 2)', staying?.wallet],
    ]);
    // Of one wallet alone the end is typed, and it alone stands out.
    expect(await page.locator('.groups strong').allTextContents()).toHaveLength(2);
  });

  it('shows what the new wallet recovers itself, and what it is given for that', async () => {
    const page = await opened(holdersWayView);
    const facts = await page
      .locator('dl > div')
      .evaluateAll((rows) =>
        rows.map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent]),
      );
    expect(facts.slice(6, 10)).toEqual([
      ['Tokens', '12, of which 3 are expected to fail'],
      ['Recovered by the new wallet itself', 'FENN, NGB28'],
      ['Given to it for gas', "0.000413 of the network's own coin, within the highest cost"],
      ['Highest cost', "1,234.567891 of the network's own coin"],
    ]);
  });

  it('sets an address in groups of four', async () => {
    const page = await opened(confirm);
    const groups = await page.locator('.groups').first().locator('.group').allTextContents();
    expect(groups).toEqual(['0x', ...(LOST.slice(2).match(/.{4}/gu) ?? [])]);
    // What is to be typed of it stands out.
    const marked = await page.locator('.groups strong').allTextContents();
    expect(marked.join('')).toBe(LOST.slice(-6));
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
    expect(await typed()).toEqual({ typed: 'recover Ada' });
  });

  it('says why a text was not taken, and stays open', async () => {
    const page = await opened(confirm);
    await page.keyboard.type('recover Bob');
    await press(page, 'Enter');
    await refusal(page).waitFor();
    expect(stage.reports.slice(mark).some((one) => one.report === 'result')).toBe(false);
  });

  it('cannot be pasted', async () => {
    const page = await opened(confirm);
    await page.keyboard.type('kept');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('End');
    await page.keyboard.press('Control+v');
    expect(await page.locator('#field-typed').inputValue()).toBe('kept');
    await page.getByRole('alert').filter({ hasText: 'cannot be pasted' }).waitFor();
  });

  it('cannot be dropped', async () => {
    const page = await opened(confirm);
    const prevented = await page.locator('#field-typed').evaluate((field) => {
      const drop = new DragEvent('drop', {
        bubbles: true,
        cancelable: true,
        dataTransfer: new DataTransfer(),
      });
      return !field.dispatchEvent(drop);
    });
    expect(prevented).toBe(true);
  });

  it('with proof of the operator is two fields of one window; the proof goes from it at once', async () => {
    const page = await opened(proofView, { right: 'recover Bob' });
    await page.keyboard.type('recover Ada');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'or a one-time code: this is needed.' }).waitFor();
    const proof = page.getByLabel('Your passphrase or a one-time code', { exact: true });
    expect(await proof.getAttribute('type')).toBe('password');
    // What was refused has the focus.
    await page.keyboard.type('correct horse');
    await press(page, 'Enter');
    await refusal(page).waitFor();
    expect(await typed()).toEqual({ typed: 'recover Ada', proof: 'correct horse' });
    expect(await page.getByLabel('Confirmation text').inputValue()).toBe('recover Ada');
    expect(await held(page)).not.toContain('correct horse');
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
    const page = await opened(passphrase, { right: 'correct horse' });
    const field = page.getByLabel('Passphrase', { exact: true });
    await page.keyboard.type('correct');
    expect(await field.getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: 'Show: Passphrase' }).click();
    expect(await field.getAttribute('type')).toBe('text');
    await page.getByRole('button', { name: 'Hide: Passphrase' }).click();
    expect(await field.getAttribute('type')).toBe('password');
    await page.keyboard.type(' horse');
    await press(page, 'Enter');
    expect(await stage.report('result', mark)).toMatchObject({ result: 'taken' });
    expect(await typed()).toEqual({ passphrase: 'correct horse' });
  });

  it('that is wrong is gone from the document, also where it was shown, and cannot be brought back', async () => {
    const page = await opened(passphrase);
    await page.keyboard.type('a wrong passphrase');
    await page.getByRole('button', { name: 'Show: Passphrase' }).click();
    await press(page, 'Enter');
    await refusal(page).waitFor();
    expect(await held(page)).not.toContain('a wrong passphrase');
    expect(await page.locator('input').getAttribute('type')).toBe('password');
    for (const keys of ['Control+z', 'Control+Shift+z', 'Control+y']) {
      await page.keyboard.press(keys);
      expect(await held(page)).not.toContain('a wrong passphrase');
    }
  });

  it('is gone from the document while it is being checked', async () => {
    const page = await opened(passphrase, { right: 'correct horse', held: true });
    await page.keyboard.type('correct horse');
    await press(page, 'Enter');
    expect(await typed()).toEqual({ passphrase: 'correct horse' });
    expect(await held(page)).not.toContain('correct horse');
    expect(await page.getByRole('status').textContent()).toContain('being checked');
    stage.order({ do: 'release' });
    expect(await stage.report('result', mark)).toMatchObject({ result: 'taken' });
  });

  it('that is new is typed twice and long enough before main is asked', async () => {
    const page = await opened(newPassphrase, { right: 'correct horse battery' });
    const [first, again] = [
      page.getByLabel('New passphrase', { exact: true }),
      page.getByLabel('The same again', { exact: true }),
    ];
    await first.fill('short');
    await again.fill('short');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'at least 12' }).waitFor();
    await first.fill('correct horse battery');
    await again.fill('correct horse batteri');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'not the same' }).waitFor();
    expect(stage.reports.slice(mark).some((one) => one.report === 'typed')).toBe(false);
    await again.fill('correct horse battery');
    await press(page, 'Enter');
    expect(await stage.report('result', mark)).toMatchObject({ result: 'taken' });
  });
});

describe('a form', () => {
  it('shows its mark, its paragraphs, its facts and its fields, with their hints', async () => {
    const page = await opened(everyField);
    expect(await page.title()).toBe('A new operator');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('A new operator');
    expect(await page.locator('form > p:not([role])').allTextContents()).toEqual([
      'Practice Nothing here is real: a training network on this machine.',
      'Both paragraphs',
      'are shown.',
    ]);
    expect(await page.locator('dl').textContent()).toBe('Wherethis desk');
    const fields = await page
      .locator('input, textarea')
      .evaluateAll((all) =>
        (all as HTMLInputElement[]).map((one) => [
          one.labels?.[0]?.textContent,
          one.type,
          one.autocomplete,
          one.required,
          one.inputMode,
        ]),
      );
    expect(fields).toEqual([
      ['Name', 'text', 'off', true, ''],
      ['Passphrase', 'password', 'off', true, ''],
      ['New passphrase', 'password', 'off', true, ''],
      ['The same again', 'password', 'off', true, ''],
      ['One-time code', 'text', 'off', true, ''],
      ['Recovery phrase (may stay empty)', 'textarea', 'off', false, ''],
      ['I have read this', 'checkbox', 'off', true, ''],
    ]);
    const described = page.getByRole('textbox', { name: 'Name' });
    expect(await described.getAttribute('aria-describedby')).toBe('field-name-hint problem');
    expect(await page.locator('#field-name-hint').textContent()).toBe('As your colleagues know you.');
  });

  it('is filled by keys alone; what is refused of it keeps what is no secret, and nothing else', async () => {
    const page = await opened(everyField, { right: 'Ada' });
    // Past the button that shows a passphrase, where there is one.
    const words = [
      'Bob',
      'Tab',
      'old secret',
      'Tab',
      'Tab',
      'fresh secret of mine',
      'Tab',
      'Tab',
      'fresh secret of mine',
      'Tab',
      'Tab',
      '123456',
      'Tab',
      'word secret word',
      'Tab',
      ' ',
    ];
    for (const word of words) {
      if (word === 'Tab') await page.keyboard.press('Tab');
      else await page.keyboard.type(word);
    }
    await press(page, 'Enter');
    await refusal(page).waitFor();
    expect(await typed()).toEqual({
      name: 'Bob',
      old: 'old secret',
      fresh: 'fresh secret of mine',
      code: '123456',
      phrase: 'word secret word',
      kept: 'yes',
    });
    const now = await held(page);
    for (const secret of ['secret', '123456']) expect(now).not.toContain(secret);
    expect(await page.getByLabel('Name').inputValue()).toBe('Bob');
    expect(await page.getByLabel('I have read this').isChecked()).toBe(true);
    // The first that is to be filled anew.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-old');
  });

  it('says which field lacks, and leads there', async () => {
    const page = await opened(everyField);
    await page.keyboard.type('Ada');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'Passphrase: this is needed.' }).waitFor();
    const old = page.getByLabel('Passphrase', { exact: true });
    expect(await old.getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.type('old');
    await page.getByLabel('New passphrase', { exact: true }).fill('long enough to be one');
    await page.getByLabel('The same again', { exact: true }).fill('long enough to be one');
    await page.getByLabel('One-time code').fill('123456');
    await press(page, 'Enter');
    await page.getByRole('alert').filter({ hasText: 'Please tick: I have read this.' }).waitFor();
    expect(await old.getAttribute('aria-invalid')).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-kept');
    expect(stage.reports.slice(mark).some((one) => one.report === 'typed')).toBe(false);
  });

  it('takes several lines where it has room for them, and is sent from there with Ctrl and Enter', async () => {
    const lines = { ...everyField, fields: everyField.fields.filter(({ name }) => name === 'phrase') };
    const page = await opened(lines, { right: 'one\ntwo' });
    await page.keyboard.type('one');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Control+Enter').catch(() => undefined);
    expect(await stage.report('result', mark)).toMatchObject({ result: 'taken' });
    expect(await typed()).toEqual({ phrase: 'one\ntwo' });
  });

  it('with nothing to fill has the focus on its button', async () => {
    const page = await opened({ ...recoveryCodes, fields: [] }, { right: 'nothing' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Done');
    await press(page, 'Enter');
    await refusal(page).waitFor();
    expect(await typed()).toEqual({});
  });
});

describe('a QR code', () => {
  it('is drawn module by module, dark on light with a quiet zone, in the dark theme, too', async () => {
    const page = await opened(totpView);
    await page.emulateMedia({ colorScheme: 'dark' });
    const rows = totpView.qr ?? [];
    const picture = page.getByRole('img');
    const drawn = await picture.evaluate((svg) => ({
      viewBox: svg.getAttribute('viewBox'),
      ground: getComputedStyle(svg.querySelector('rect') ?? svg).fill,
      dark: getComputedStyle(svg.querySelector('path') ?? svg).fill,
      modules: [
        ...(svg.querySelector('path')?.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)h1v1h-1z/gu),
      ].map(([, x, y]) => `${Number(x) - 4} ${Number(y) - 4}`),
    }));
    const side = rows.length + 8;
    expect(drawn).toMatchObject({
      viewBox: `0 0 ${side} ${side}`,
      ground: 'rgb(255, 255, 255)',
      dark: 'rgb(0, 0, 0)',
    });
    expect(drawn.modules).toEqual(
      rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : []))),
    );
    const box = await picture.boundingBox();
    expect(box?.width).toBeGreaterThan(200);
    expect(box?.height).toBe(box?.width);
  });

  it('stands beside its secret in letters, which is copied as a whole', async () => {
    const page = await opened(totpView);
    await page.locator('code').click();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(TOTP_SECRET);
    await page.keyboard.press('Control+c');
    const field = page.getByRole('textbox', { name: 'One-time code' });
    await field.focus();
    await page.keyboard.press('Control+v');
    expect(await field.inputValue()).toBe(TOTP_SECRET);
  });
});

describe('one view after the other', () => {
  it('is drawn in the same window: passphrase, code, QR, recovery codes', async () => {
    const page = await opened(passphrase, { right: 'same', following: [code, totpView, recoveryCodes] });
    const next = async (word: string, title: string): Promise<void> => {
      await page.keyboard.type(word);
      await press(page, 'Enter');
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(await page.title()).toBe(title);
      expect(await page.getByRole('alert').textContent()).toBe('');
    };
    await next('same', 'Your one-time code');
    expect(await held(page)).not.toContain('operator.json');
    await page.keyboard.type('other');
    await press(page, 'Enter');
    await refusal(page).waitFor();
    await next('same', 'One-time codes');
    await page.keyboard.type('sa');
    await press(page, 'Enter');
    await page
      .getByRole('alert')
      .filter({ hasText: 'One-time code: at least 6 characters are needed.' })
      .waitFor();
    await press(page, 'Escape');
    expect(await stage.report('result', mark)).toMatchObject({ result: 'cancelled' });
  });

  it('keeps nothing of the view before it', async () => {
    const page = await opened(recoveryCodes, { right: 'yes', following: [code] });
    expect(await page.locator('code').allTextContents()).toEqual(['4f7k-2m9q', '8h3d-6t1w']);
    await page.keyboard.press('Space');
    await press(page, 'Enter');
    await page.getByRole('heading', { level: 1, name: 'Your one-time code' }).waitFor();
    expect(await held(page)).not.toContain('4f7k');
  });

  it('is answered with the names of the view that stands, and with no others', async () => {
    const page = await opened(passphrase, { right: 'same', following: [code] });
    const submit = (values: object) =>
      page.evaluate(
        (sent) =>
          (globalThis as unknown as { entry: { submit(values: object): unknown } }).entry.submit(sent),
        values,
      );
    const strange = { taken: false, message: expect.stringContaining('does not belong to what is shown') };
    expect(await submit({ code: 'same' })).toEqual(strange);
    expect(await submit({ passphrase: 'same', code: 'same' })).toEqual(strange);
    expect(await submit({ passphrase: 'x'.repeat(20_001) })).toMatchObject({
      message: expect.stringContaining('too long'),
    });
    expect(stage.reports.slice(mark).some((one) => one.report === 'typed')).toBe(false);
    expect(await submit({ passphrase: 'same' })).toMatchObject({
      taken: false,
      next: { title: 'Your one-time code' },
    });
    expect(await submit({ passphrase: 'same' })).toEqual(strange);
  });
});

describe('the document', () => {
  it.each<[string, EntryView]>([
    ['a confirmation', confirm],
    ['a confirmation of several wallets', severalView],
    ['a confirmation with proof', proofView],
    ['a passphrase', passphrase],
    ['a new passphrase', newPassphrase],
    ['a form with every field', everyField],
    ['a QR code', totpView],
    ['recovery codes', recoveryCodes],
    ['a letter to be sealed', letter],
  ])('of %s has no accessibility violation, in light or in dark', async (_what, view) => {
    const page = await opened(view);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id }) => `${id} in ${colorScheme}`)).toEqual([]);
    }
  });

  it('prints as one A4 page for the holder, with the words and nothing of the form', async () => {
    const page = await opened(letter);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const name of ['Done', 'Cancel', 'Print the sealed letter…'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByText(WORDS).isVisible()).toBe(true);
    expect(await page.getByText(REPLACEMENT).isVisible()).toBe(true);

    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.printToPDF', { preferCSSPageSize: true });
    const pdf = Buffer.from(data, 'base64').toString('latin1');

    expect(pdf.match(/\/Type \/Page\b/gu)).toHaveLength(1);
    // Points: 210 by 297 mm.
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/u);
  });

  it('breaks no policy of its own', async () => {
    const page = await opened(code, { right: 'same', following: [totpView] });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    for (const word of ['other', 'same']) {
      await page.keyboard.type(word);
      await press(page, 'Enter');
      await (word === 'other' ? refusal(page) : page.getByRole('img')).waitFor();
    }
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
    for (const channel of ['entry:view', 'entry:submit', 'entry:cancel', 'entry:hand']) {
      const asked = `desk.invoke('${channel}', { values: { typed: 'recover Ada' } }).then(() => 'answered', (error) => error.message)`;
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
