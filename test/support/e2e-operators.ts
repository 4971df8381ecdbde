/** What a person does in the window around operators: set one up, sign in, unlock. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import type { KeystoreFiles } from '../../electron/practice/practice-files.ts';
import type { DeskRun } from './e2e-desk.ts';
import { chooseFile, pressToClose, proofField } from './e2e-hands.ts';

/** Of operators that tests set up. */
export const NEW_PASSPHRASE = 'correct horse battery staple';

/** Sends what stands in a form of the entry window, which goes on to the next one. */
export async function sendForm(entry: Page): Promise<void> {
  await entry.locator('button.action').click();
}

/** Sends a form that is not taken: it says why, and may be filled again. */
export async function refused(entry: Page, says: RegExp): Promise<void> {
  await sendForm(entry);
  await expect(entry.getByRole('alert')).toContainText(says);
}

/** Sends the last form: its window closes. */
export async function endForm(entry: Page): Promise<void> {
  await pressToClose(entry, () => sendForm(entry));
}

/** Types a passphrase into the entry window, which takes it. */
export async function enterPassphrase(entry: Page, passphrase: string): Promise<void> {
  await entry.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await endForm(entry);
}

/** Goes on with the recovery that is shown, and proves that it is they. */
export async function resume(desk: DeskRun, page: Page, passphrase = NEW_PASSPHRASE): Promise<void> {
  await page.getByRole('button', { name: 'Resume' }).click();
  const entry = await desk.entry();
  await proofField(entry).fill(passphrase);
  await endForm(entry);
}

/** On the screen that sets an operator up: who they are, and where their key is. */
export async function nameOperator(page: Page, name: string, place: RegExp): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('radio', { name: place }).click();
}

/** From the screen that sets an operator up to the form for a new passphrase, by a key that comes from a keystore file. */
export async function takeKeystoreOver(
  desk: DeskRun,
  page: Page,
  name: string,
  { keystore, passphrase }: KeystoreFiles,
): Promise<Page> {
  await nameOperator(page, name, /^On this machine/u);
  await page.getByRole('radio', { name: /^A keystore file/u }).click();
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await chooseFile(desk, keystore);
  const entry = await desk.entry();
  await entry.getByLabel('Its passphrase', { exact: true }).fill(readFileSync(passphrase, 'utf8').trim());
  await sendForm(entry);
  return entry;
}

/** From the screen that sets an operator up to one whose key comes from a keystore file. */
export async function setUpFromKeystore(
  desk: DeskRun,
  page: Page,
  name: string,
  files: KeystoreFiles,
): Promise<void> {
  await enterNewPassphrase(await takeKeystoreOver(desk, page, name, files), NEW_PASSPHRASE);
  await expect(signInButton(page, name)).toBeVisible();
}

/** The new passphrase twice, and the box where there is no keychain. */
export async function typeNewPassphrase(entry: Page, passphrase: string): Promise<void> {
  await entry.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await entry.getByLabel('The same again', { exact: true }).fill(passphrase);
  const knowing = entry.getByRole('checkbox');
  if (await knowing.isVisible()) await knowing.check();
}

/** As the last form. */
export async function enterNewPassphrase(entry: Page, passphrase: string): Promise<void> {
  await typeNewPassphrase(entry, passphrase);
  await endForm(entry);
}

/** From the top bar to where it is chosen who signs in. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Not signed in')).toBeVisible();
}

export function signInButton(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `Sign in as ${name}` });
}

export async function signInAs(
  desk: DeskRun,
  page: Page,
  name: string,
  passphrase = NEW_PASSPHRASE,
): Promise<void> {
  await signInButton(page, name).click();
  await enterPassphrase(await desk.entry(), passphrase);
  await expect(page.getByRole('button', { name: 'Lock', exact: true })).toBeVisible();
}

/** The passphrase of who was set up with a key elsewhere, and their first sign-in with it. */
export async function finishAndSignIn(desk: DeskRun, page: Page, name: string): Promise<void> {
  await enterNewPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await signInAs(desk, page, name);
}

/** From the preview to a plan with a wallet that the desk makes, under a passphrase of the operator's. */
export async function toPlanByNewWallet(desk: DeskRun, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'See the impact' }).click();
  await page.getByRole('radio', { name: 'A new wallet made here' }).click();
  await page.getByRole('button', { name: 'Make the wallet and the plan' }).click();
  await enterNewPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await expect(page.getByRole('button', { name: 'Continue to confirmation' })).toBeEnabled();
}
