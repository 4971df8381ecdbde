/** What a person does in the window, by mouse: open the practice network, prepare a recovery, confirm it. */
import { expect, type Page } from '@playwright/test';
import { PRACTICE_PASSPHRASE } from '../../electron/practice/practice-keys.ts';
import type { DeskRun } from './e2e-desk.ts';

export const CASE = {
  ticket: 'CASE-17',
  identifiedHow: 'In person, with a passport',
  identifiedBy: 'A. Clerk',
} as const;

export interface Recovering {
  readonly name: string;
  readonly reason?: RegExp;
  /** Where the lost wallet is frozen already. */
  readonly hold?: string;
}

/** The wizard's step that is shown. */
export function step(page: Page, name: string): ReturnType<Page['locator']> {
  return page.locator(`[data-step="${name}"]`);
}

export async function openPractice(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the practice network' }).click();
  await expect(page.getByRole('heading', { name: 'Participants', level: 1 })).toBeVisible({
    timeout: 60_000,
  });
}

/** Searches a person and opens their page. */
export async function openPerson(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await page.getByRole('searchbox').fill(name);
  await page.getByRole('row', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

export async function enterCase(page: Page, reason: RegExp = /the wallet is lost/iu): Promise<void> {
  await expect(step(page, 'case')).toBeVisible();
  await page.getByRole('radio', { name: reason }).click();
  await page.getByLabel('Ticket').fill(CASE.ticket);
  await page.getByLabel('How was the person identified?').fill(CASE.identifiedHow);
  await page.getByLabel('Who identified them?').fill(CASE.identifiedBy);
  await page.getByRole('button', { name: 'Read the preview' }).click();
  await expect(step(page, 'preview')).toBeVisible();
}

/** From anywhere to the preview of a person. */
export async function toPreview(page: Page, { name, reason }: Recovering): Promise<void> {
  await openPerson(page, name);
  await page.getByRole('button', { name: 'Recover identity' }).click();
  await enterCase(page, reason);
}

/** From the preview to a plan with the holder's own wallet, proven. */
export async function toPlan(page: Page, { hold }: Partial<Recovering>): Promise<void> {
  await page.getByRole('button', { name: 'See the impact' }).click();
  await expect(step(page, 'impact')).toBeVisible();
  await page.getByRole('button', { name: 'Practice: ask the holder' }).click();
  await page.getByRole('button', { name: 'Make the text to sign' }).click();
  await page.getByRole('button', { name: 'Practice: let the holder sign' }).click();
  if (hold !== undefined) await page.getByLabel('Reference of the hold').fill(hold);
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await expect(page.getByRole('button', { name: 'Continue to confirmation' })).toBeEnabled();
}

/** Says that a smart account of the person is lost too, and that their other wallets move along; then reads again. */
export async function sayOfWallets(page: Page): Promise<void> {
  const others = step(page, 'preview').locator('[data-wallet]');
  for (const other of await others.all()) {
    const account = (await other.getByText('A smart account.').count()) > 0;
    await other.getByRole('radio', { name: account ? 'Lost too' : /moves along/u }).click();
  }
  await page.getByRole('button', { name: 'Read again with these' }).click();
  await expect(page.getByRole('button', { name: 'See the impact' })).toBeEnabled();
}

/** From a plan to the open entry window. */
export async function toEntry(desk: DeskRun, page: Page): Promise<Page> {
  await page.getByRole('button', { name: 'Continue to confirmation' }).click();
  await expect(step(page, 'confirm')).toBeVisible();
  return desk.entry();
}

/**
 * A press by which a window closes. It may be gone before the press on it is told to be over: that it closes is what counts.
 */
export async function pressToClose(window: Page, press: () => Promise<void>): Promise<void> {
  const closed = window.waitForEvent('close');
  const pressed = press().catch((thrown: unknown) => {
    if (!window.isClosed()) throw thrown;
  });
  await Promise.all([closed, pressed]);
}

/** Chooses a file in the dialog that is open, or opens. */
export async function chooseFile(desk: DeskRun, file: string): Promise<void> {
  const dialog = await desk.dialog();
  await dialog.locator('input[type="file"]').setInputFiles(file);
  await pressToClose(dialog, () => dialog.getByRole('button', { name: 'Open' }).click());
}

/** Saves what the dialog that is open, or opens, offers. @returns the file. */
export async function saveFile(desk: DeskRun): Promise<string> {
  const dialog = await desk.dialog();
  const words = await dialog.locator('form').innerText();
  await pressToClose(dialog, () => dialog.getByRole('button', { name: 'Save' }).click());
  return /saved as\s+(\S+)/u.exec(words)?.[1] ?? '';
}

/** The field of the entry window for the fresh proof. */
export function proofField(entry: Page): ReturnType<Page['getByLabel']> {
  return entry.getByLabel(/^Passphrase of /u);
}

/** Types what the entry window asks for, key by key: it takes nothing else. */
export async function typeConfirmation(entry: Page, passphrase = PRACTICE_PASSPHRASE): Promise<void> {
  const wanted = await entry.locator('.wanted').textContent();
  await entry.getByLabel('Confirmation text').pressSequentially(wanted ?? '');
  await proofField(entry).fill(passphrase);
  await pressToClose(entry, () => entry.getByRole('button', { name: 'Begin the recovery' }).click());
}

/** The whole way from anywhere to a recovery that runs. */
export async function beginRecovery(desk: DeskRun, page: Page, whose: Recovering): Promise<void> {
  await toPreview(page, whose);
  await toPlan(page, whose);
  await typeConfirmation(await toEntry(desk, page));
}

/** Waits for the summary, closes it, and is back where a person is chosen. */
export async function closeSummary(page: Page): Promise<void> {
  await step(page, 'summary').getByRole('button', { name: 'Close', exact: true }).click();
  await expect(step(page, 'summary')).toBeHidden();
}
