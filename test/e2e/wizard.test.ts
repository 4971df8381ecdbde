import type { Page } from '@playwright/test';
import { PRACTICE_PASSPHRASE } from '../../electron/practice/practice-keys.ts';
import {
  closeSummary,
  enterCase,
  openPerson,
  step,
  toEntry,
  toPlan,
  typeConfirmation,
} from '../support/e2e-hands.ts';
import { AccessibilityFaults, watchRefusals, type Refusals } from '../support/e2e-looks.ts';
import { expect, test } from '../support/e2e-test.ts';

const WHOSE = { name: 'Maren Holt', hold: 'HOLD-9' } as const;

const looks = new AccessibilityFaults();

test.describe.configure({ mode: 'serial' });

test.describe('a recovery by mouse', () => {
  let refusals: Refusals;
  let inEntry: Refusals;
  let entry: Page;

  test('begins with the people of the practice network, which wears its mark', async ({ desk, window }) => {
    refusals = await watchRefusals(window);
    await expect(window.getByText('Made-up people and money for training.')).toBeVisible();
    await window.getByRole('button', { name: 'Participants', exact: true }).click();
    await window.getByRole('searchbox').fill('');
    await expect(window.getByRole('row', { name: 'Maren Holt' })).toBeVisible();
    await looks.look(desk, window, 'participants');
  });

  test('finds a person as one types, and shows what their access rests on', async ({ desk, window }) => {
    await openPerson(window, WHOSE.name);
    await expect(window.getByRole('heading', { name: 'Security' })).toBeVisible();
    await looks.look(desk, window, 'participant');
  });

  test('asks for the case, and says what is missing', async ({ desk, window }) => {
    await window.getByRole('button', { name: 'Recover identity' }).click();
    await window.getByRole('button', { name: 'Read the preview' }).click();
    await expect(window.getByText('Choose why the wallet is recovered.')).toBeVisible();
    await looks.look(desk, window, 'case');
  });

  test('shows the preview that it read', async ({ desk, window }) => {
    await enterCase(window);
    await expect(
      step(window, 'preview').locator('[data-code="TOKEN_FAILURE_EXPECTED"]').first(),
    ).toBeVisible();
    await looks.look(desk, window, 'preview');
  });

  test('shows the impact, and makes a plan with the wallet that the holder has proven', async ({
    desk,
    window,
  }) => {
    await toPlan(window, WHOSE);
    await looks.look(desk, window, 'impact');
  });

  test('is confirmed in a window of its own', async ({ desk, window }) => {
    entry = await toEntry(desk, window);
    inEntry = await watchRefusals(entry);
    await expect(entry.getByRole('heading', { name: 'Confirm the recovery' })).toBeVisible();
    await looks.look(desk, window, 'confirm');
    await looks.look(desk, entry, 'entry window');
    expect(inEntry.seen).toEqual([]);
  });

  test('ends in a partial success, and says why the rest failed', async ({ desk, window }) => {
    await typeConfirmation(entry);
    const summary = step(window, 'summary');
    await expect(summary).toBeVisible({ timeout: 60_000 });
    await expect(summary).toContainText('9 of 12');
    const reasons = await summary
      .locator('[data-reason]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-reason') ?? ''));
    expect(new Set(reasons)).toEqual(new Set(['CUSTODIAN_PERMISSION_MISSING', 'TOKEN_PAUSED', 'UNKNOWN']));
    expect(reasons).toHaveLength(3);
    await expect(summary.getByRole('button', { name: 'Retry the failed tokens' })).toBeEnabled();
    await looks.look(desk, window, 'summary');
    await closeSummary(window);
  });

  test('leaves a line in the history', async ({ desk, window }) => {
    await window.getByRole('button', { name: 'History', exact: true }).click();
    await expect(window.getByRole('row', { name: WHOSE.name })).toContainText('9 of 12');
    await looks.look(desk, window, 'history');
  });

  test('never made the page ask for something that its policy refuses', () => {
    expect(refusals.seen).toEqual([]);
  });
});

test.describe('the other views', () => {
  test('are review', async ({ desk, window }) => {
    await window.getByRole('button', { name: 'Review', exact: true }).click();
    await expect(window.getByRole('heading', { name: 'Review' })).toBeVisible();
    await looks.look(desk, window, 'review');
  });

  test('and settings', async ({ desk, window }) => {
    await window.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(window.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await looks.look(desk, window, 'settings');
  });
});

test('no screen breaks a rule of accessibility, in light or in dark', () => {
  const { looked, faults } = looks.result;
  expect(looked).toHaveLength(11);
  expect(faults).toEqual([]);
});

/** Runs in the page: nothing lies over the lower edge of what has the focus. */
function focusedIsSeen(): boolean {
  const focused = document.activeElement;
  const { x, width, bottom } = focused?.getBoundingClientRect() ?? new DOMRect();
  return document.elementFromPoint(x + width / 2, bottom - 3) === focused;
}

test('a recovery by keyboard alone goes from the search to the summary', async ({ desk, window }) => {
  const keys = window.keyboard;
  await keys.press('Alt+1');
  await keys.press('/');
  await expect(window.getByRole('searchbox')).toBeFocused();
  // What was searched before is still there.
  await keys.press('Control+a');
  await keys.type('Jonas');
  await expect(window.getByRole('row', { name: 'Jonas Weir' })).toBeVisible();
  await expect(window.getByRole('row')).toHaveCount(2);
  await keys.press('ArrowDown');
  await expect(window.getByRole('grid')).toBeFocused();
  await keys.press('Enter');
  await expect(window.getByRole('heading', { name: 'Jonas Weir', level: 1 })).toBeVisible();

  await press(window, 'Recover identity');
  await expect(step(window, 'case')).toBeVisible();
  // The smallest that a window may be.
  const size = await window.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  await window.setViewportSize({ width: 960, height: 640 });
  await tabTo(window, 'The wallet is lost');
  await keys.press('Space');
  await tabTo(window, 'Ticket');
  await keys.type('CASE-18');
  await tabTo(window, 'How was the person identified?');
  await keys.type('By call-back');
  await tabTo(window, 'Who identified them?');
  await expect.poll(() => window.evaluate(focusedIsSeen)).toBe(true);
  await window.setViewportSize(size);
  await keys.type('A. Clerk');
  await keys.press('Enter');
  await expect(step(window, 'preview')).toBeVisible();
  await press(window, 'See the impact');
  await expect(step(window, 'impact')).toBeVisible();
  await press(window, 'Practice: ask the holder');
  await press(window, 'Make the text to sign');
  await expect(window.getByLabel('Signature')).toBeVisible();
  await press(window, 'Practice: let the holder sign');
  await press(window, 'Make the plan');
  await expect(window.getByRole('button', { name: 'Continue to confirmation' })).toBeEnabled();
  await press(window, 'Continue to confirmation');

  const entry = await desk.entry();
  await expect(entry.getByLabel('Confirmation text')).toBeFocused();
  const closed = entry.waitForEvent('close');
  await entry.keyboard.type((await entry.locator('.wanted').textContent()) ?? '');
  await tabTo(entry, 'Passphrase of Practice operator');
  await entry.keyboard.type(PRACTICE_PASSPHRASE);
  // The key goes down, its window closes, and nothing is left on which it could come up again.
  const pressed = entry.keyboard.press('Enter').catch(() => undefined);
  await closed;
  await pressed;

  await expect(step(window, 'summary')).toContainText('2 of 2', { timeout: 60_000 });
  await press(window, 'Close');
  await expect(step(window, 'summary')).toBeHidden();
});

/** Goes by Tab to what is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let count = 0; count < 120; count += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: active } = document;
      const labels =
        active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active.labels : null;
      const named = active?.getAttribute('aria-labelledby') ?? null;
      const title = named === null ? null : (document.getElementById(named)?.textContent ?? null);
      const text =
        title ?? active?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? active?.textContent;
      return (text ?? '').replace(/\s*\*$/u, '').trim();
    });
    if (focused === name) return;
    seen.push(focused.slice(0, 30));
  }
  throw new Error(`Tab never came to "${name}": ${seen.join(' | ')}`);
}

/** Goes to a button by Tab, and presses it. */
async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}
