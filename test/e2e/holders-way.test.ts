import { expect, test, type Page } from '@playwright/test';
import type { DeskRun } from '../support/e2e-desk.ts';
import {
  enterCase,
  openPerson,
  pressToClose,
  step,
  toEntry,
  typeConfirmation,
} from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { refused, sendForm, typeNewPassphrase } from '../support/e2e-operators.ts';
import { shareDesk } from '../support/e2e-own-desk.ts';

/** Of twelve tokens one has no custodian here: a new wallet that the desk makes recovers it itself. */
test.describe.configure({ mode: 'serial' });

const looks = new AccessibilityFaults();
let desk: DeskRun;
let page: Page;

shareDesk((shared) => ({ desk, page } = shared));

const impact = () => step(page, 'impact');
const summary = () => step(page, 'summary');

test('is offered where the desk makes the new wallet, and off unless it is chosen', async () => {
  await openPerson(page, 'Maren Holt');
  await page.getByRole('button', { name: 'Recover identity' }).click();
  await enterCase(page);
  await page.getByRole('button', { name: 'See the impact' }).click();
  await expect(impact().getByRole('checkbox')).toHaveCount(0);

  await page.getByRole('radio', { name: 'A new wallet made here' }).click();

  const box = impact().getByRole('checkbox', { name: /^Let the new wallet recover itself/u });
  await expect(box).not.toBeChecked();
  await box.check();
  await looks.look(desk, page, 'the holder’s way');
});

test('comes to a plan that says so, once its hold and its passphrase are given', async () => {
  await page.getByRole('button', { name: 'Make the wallet and the plan' }).click();
  await expect(impact()).toContainText('Give the reference under which the freeze was looked into.');
  await page.getByLabel('Reference of the hold').fill('HOLD-9');
  await page.getByRole('button', { name: 'Make the wallet and the plan' }).click();
  const entry = await desk.entry();
  await typeNewPassphrase(entry, 'short');
  await refused(entry, /at least 12 characters/u);
  await typeNewPassphrase(entry, 'correct horse battery staple');
  await pressToClose(entry, () => sendForm(entry));

  await expect(impact()).toContainText('by the new wallet itself, with its key at this desk: FENN');
});

test('is confirmed in the entry window, where all of it is seen without scrolling', async () => {
  const entry = await toEntry(desk, page);

  await expect(entry.locator('body')).toContainText('Recovered by the new wallet itself');
  await expect(entry.locator('body')).toContainText('Given to it for gas');
  await expect(entry.getByLabel(/^Passphrase of /u)).toBeInViewport({ ratio: 1 });
  await looks.look(desk, entry, 'confirmation of the holder’s way');
  await typeConfirmation(entry);
});

test('recovers the token that would have failed', async () => {
  await expect(summary()).toBeVisible({ timeout: 60_000 });
  await expect(summary()).toContainText('10 of 12');
  await expect(summary()).not.toContainText('You are no custodian of it');
  await expect(summary()).toContainText('Coin was given to the new wallet');
});

test('no screen of it breaks a rule of accessibility, in light or in dark', () => {
  expect(looks.result.looked).toHaveLength(2);
  expect(looks.result.faults).toEqual([]);
});
