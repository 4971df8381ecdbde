import { expect, test, type Page } from '@playwright/test';
import { PRACTICE_PASSPHRASE } from '../../electron/practice/practice-keys.ts';
import type { DeskRun } from '../support/e2e-desk.ts';
import { beginRecovery, closeSummary, proofField, step } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { endForm, signInAs } from '../support/e2e-operators.ts';
import { shareDesk } from '../support/e2e-own-desk.ts';

/** A person is recovered; an issuer of claims signs in, issues what is missing, and the recheck is green. */
test.describe.configure({ mode: 'serial' });

const WHOSE = { name: 'Jonas Weir' } as const;
const ISSUER = 'Practice claim issuer';

const looks = new AccessibilityFaults();
let desk: DeskRun;
let page: Page;

shareDesk((shared) => ({ desk, page } = shared));

const summary = () => step(page, 'summary');
const recheck = () => summary().getByRole('button', { name: 'Recheck', exact: true }).click();

test('after a recovery the recheck says which token cannot be held, and why', async () => {
  await beginRecovery(desk, page, WHOSE);
  await expect(summary()).toBeVisible({ timeout: 60_000 });

  await recheck();

  await expect(summary().getByRole('row', { name: 'ALDE' })).toContainText(
    'The claim knowYourCustomer is missing.',
  );
  await expect(summary().getByRole('row', { name: 'EURQ' })).toContainText('Yes');
  await summary().getByRole('button', { name: 'Missing claims' }).click();
  await expect(summary().getByText('it stood on the abandoned identity').first()).toBeVisible();
  await expect(summary().getByRole('button', { name: /^Save page to print…/u })).toBeEnabled();
  await looks.look(desk, page, 'claims that are missing');
});

test('whoever executed it issues no claims in it', async () => {
  await summary().getByRole('button', { name: 'Issue claims…' }).click();

  await expect(summary().locator('[data-code="CLAIMS_BY_EXECUTOR"]')).toBeVisible();
  await closeSummary(page);
});

test('an issuer of claims sees in a window of its own what they sign, and issues it', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await signInAs(desk, page, ISSUER, PRACTICE_PASSPHRASE);
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await page.getByRole('row', { name: WHOSE.name }).click();
  await summary().getByRole('button', { name: 'Issue claims…' }).click();
  const entry = await desk.entry();
  await expect(entry.getByText('Claim knowYourCustomer')).toBeVisible();
  await looks.look(desk, entry, 'claims to sign');

  const wanted = /ISSUE CLAIMS [0-9A-F]{6}/u.exec((await entry.locator('body').textContent()) ?? '')?.[0];
  await entry.getByLabel('Confirmation text').pressSequentially(wanted ?? '');
  await proofField(entry).fill(PRACTICE_PASSPHRASE);
  await endForm(entry);

  await expect(summary().getByText('Issued: knowYourCustomer, antiMoneyLaundering.')).toBeVisible({
    timeout: 60_000,
  });
  await expect(summary().getByText('No claim is missing.')).toBeVisible();
  await recheck();
  await expect(summary().getByText('The person can hold and transfer every token again.')).toBeVisible();
  await looks.look(desk, page, 'claims that were issued');
});

test('no screen of it breaks a rule of accessibility, in light or in dark', () => {
  expect(looks.result).toEqual({
    looked: ['claims that are missing', 'claims to sign', 'claims that were issued'],
    faults: [],
  });
});
