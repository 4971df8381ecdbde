import type { Page } from '@playwright/test';
import { DeskRun, key, type Reply } from '../support/e2e-desk.ts';
import { beginRecovery, closeSummary, step } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { goOnMining, holdMining, practiceUrl } from '../support/e2e-practice.ts';
import { expect, test } from '../support/e2e-test.ts';

/** A recovery is held at its progress by a node that mines nothing; then every way out is tried. */
test.describe.configure({ mode: 'serial' });

const MARK = 'the very document that showed the beginning';

test.beforeAll(async ({ desk }) => {
  const page = await desk.page();
  await holdMining(practiceUrl(desk.data));
  await beginRecovery(desk, page, { name: 'Aiko Tanaka' });
  await expect(step(page, 'progress')).toBeVisible();
  await page.evaluate((mark) => document.documentElement.setAttribute('data-mark', mark), MARK);
});
test.afterAll(async ({ desk }) => {
  await goOnMining(practiceUrl(desk.data));
});

/** Still the same document, still on the progress, and main says so as well. */
async function expectHeld(desk: DeskRun, page: Page): Promise<void> {
  const wizard = (await desk.invoke('wizard.state', {})) as Reply<'wizard.state'>;
  expect(wizard).toMatchObject({
    ok: true,
    value: { step: 'progress', progress: { subject: 'Aiko Tanaka' } },
  });
  await expect(step(page, 'progress')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-mark', MARK);
  const own = (await desk.pages()).filter((one) => one.url() === page.url());
  expect(own).toHaveLength(1);
}

test('the progress has no button that leads away from it', async ({ desk, window }) => {
  await expect(window.getByRole('navigation')).toHaveCount(0);
  const buttons = await window.getByRole('button').allTextContents();
  expect(buttons.filter((text) => text.trim() !== '')).toEqual(['Lock']);
  await expect(window.getByRole('link')).toHaveCount(0);
  await expectHeld(desk, window);
});

test('the progress breaks no rule of accessibility, in light or in dark', async ({ desk, window }) => {
  const looks = new AccessibilityFaults();
  await looks.look(desk, window, 'progress');
  expect(looks.result).toEqual({ looked: ['progress'], faults: [] });
});

for (const keys of [
  'Backspace',
  'Alt+ArrowLeft',
  'Alt+ArrowRight',
  'Alt+Home',
  'Escape',
  'F5',
  'Shift+F5',
  'Control+r',
  'Control+Shift+r',
  'Control+n',
  'Control+t',
  'Control+Shift+n',
  'Control+Shift+i',
  'F12',
  'Alt+1',
  'Alt+4',
]) {
  test(`${keys} leads nowhere`, async ({ desk, window }) => {
    await window.keyboard.press(keys);
    await expectHeld(desk, window);
  });
}

test('Ctrl+W asks, and nothing happens when the answer is to stay', async ({ desk, window }) => {
  await window.keyboard.press('Control+w');

  const question = await desk.dialog();
  await expect(question.getByText('A recovery is running. What should happen to it?')).toBeVisible();
  const closed = question.waitForEvent('close');
  await question.getByRole('button', { name: 'Keep the window open' }).click();
  await closed;

  await expectHeld(desk, window);
});

for (const [way, go] of [
  ['history.back()', () => history.back()],
  ['history.go(-2)', () => history.go(-2)],
  ['history.forward()', () => history.forward()],
  ['another fragment', () => void (location.hash = '#/settings')],
  ['history.pushState()', () => history.pushState(null, '', '/settings')],
] as const) {
  test(`${way} leads nowhere`, async ({ desk, window }) => {
    await window.evaluate(go);
    await expectHeld(desk, window);
  });
}

for (const [way, go] of [
  ['a reload by the page', () => location.reload()],
  ['another address of the desk', () => location.assign('/index.html?again')],
  ['an address on the web', () => location.assign('https://example.org/')],
] as const) {
  test(`${way} is refused`, async ({ desk, window }) => {
    const refused = window.waitForEvent('requestfailed');
    await window.evaluate(go);
    expect((await refused).isNavigationRequest()).toBe(true);
    await expectHeld(desk, window);
  });
}

test('window.open opens no second window', async ({ desk, window }) => {
  for (const url of ['/', 'about:blank', 'https://example.org/']) {
    await window.evaluate((to) => void globalThis.open(to, '_blank'), url);
    await expectHeld(desk, window);
  }
  await expect.poll(async () => (await desk.pages()).length).toBe(1);
});

test('a second start of the desk shows the first one’s window, and ends', async ({ desk, window }) => {
  const second = new DeskRun({ data: desk.data, port: false });
  expect(await second.ended).toBe(0);
  expect(second.stdout).toContain('Recovery Desk is open already');
  await second.stop();
  await expectHeld(desk, window);
});

for (const [name, input] of [
  ['wizard.back', () => ({})],
  ['wizard.leave', () => ({})],
  ['wizard.refresh', () => ({})],
  ['wizard.begin', () => ({ participantId: 'wim-de-groot', wallet: null })],
  ['wizard.impact', () => ({ digest: `0x${'1'.repeat(64)}` })],
  ['wizard.confirm', () => ({ key: key(), planDigest: `0x${'1'.repeat(64)}` })],
  ['practice.close', () => ({ key: key() })],
  ['practice.open', () => ({ key: key() })],
  ['networks.choose', () => ({ key: key(), id: 'practice' })],
  ['networks.add', () => ({ key: key() })],
  ['operator.signOut', () => ({ key: key() })],
  ['participants.chooseFile', () => ({ key: key() })],
  ['recovery.list', () => ({})],
  ['review.open', () => ({})],
] as const) {
  test(`main refuses ${name}, however it is asked`, async ({ desk, window }) => {
    expect(await desk.invoke(name, input())).toMatchObject({
      ok: false,
      error: { code: 'LOCKED_ON_RECOVERY' },
    });
    await expectHeld(desk, window);
  });
}

test('the recovery has gone on all the while, and ends', async ({ desk, window }) => {
  await goOnMining(practiceUrl(desk.data));
  await expect(step(window, 'summary')).toContainText('2 of 2', { timeout: 60_000 });
  await closeSummary(window);
});
