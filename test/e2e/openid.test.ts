import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { chooseFile, step, toPreview } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { NetworkDesk, toPlanByHolder } from '../support/e2e-network.ts';
import {
  endForm,
  enterNewPassphrase,
  enterPassphrase,
  NEW_PASSPHRASE,
  signInButton,
} from '../support/e2e-operators.ts';
import { OutsideBrowser } from '../support/outside-browser.ts';
import { startRealOidcProvider, type RealOidcProvider } from '../support/real-oidc-provider.ts';

/** A desk whose team signs in at its identity provider: a real provider, and the person's own browser beside the desk. */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const ADA = 'Ada Lovelace';
const WHOSE = { name: 'Aiko Tanaka' } as const;

const looks = new AccessibilityFaults();
const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-e2e-openid-'));
let provider: RealOidcProvider;
let outside: OutsideBrowser;
let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;

test.beforeAll(async () => {
  // Renewed some seconds after each sign-in.
  provider = await startRealOidcProvider(20);
  outside = await OutsideBrowser.open(path.join(folder, 'bin'));
  const oidc = provider.policy({ scopes: ['openid', 'profile', 'offline_access'] });
  scene = await NetworkDesk.open({ signIn: ['oidc'], oidc }, { environment: outside.environment });
  ({ desk } = scene);
  page = await desk.page();
});
test.afterAll(async () => {
  await scene.close();
  await outside.close();
  await provider.stop();
  rmSync(folder, { recursive: true, force: true });
});

const heading = (name: string) => outside.page.getByRole('heading', { name });

/** Logs in where the desk sent the browser, and agrees. */
async function logIn(user: string): Promise<void> {
  await outside.goToOpened();
  await heading('login').waitFor();
  await outside.page.getByLabel('User').fill(user);
  await outside.page.getByRole('button', { name: 'Go on' }).click();
  await agree();
}

async function agree(): Promise<void> {
  await heading('consent').or(heading('Back to Recovery Desk')).waitFor();
  if (await heading('consent').isVisible()) await outside.page.getByRole('button', { name: 'Go on' }).click();
  await heading('Back to Recovery Desk').waitFor();
}

/** Signs out where the desk sent the browser. */
async function signOutThere(): Promise<void> {
  await outside.goToOpened();
  await outside.page.getByRole('button', { name: 'Sign out' }).click();
  await heading('Signed out').waitFor();
}

test('an operator is set up who is known by their login there', async () => {
  await page.getByLabel('Name').fill(ADA);
  await page.getByRole('radio', { name: /^On this machine/u }).click();
  await page.getByRole('radio', { name: /^A keystore file/u }).click();
  await looks.look(desk, page, 'set up at the provider');
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  const { keystore, passphrase } = scene.network.files.operator;
  await chooseFile(desk, keystore);
  await logIn('ada');
  const entry = await desk.entry();
  await entry.getByLabel('Its passphrase', { exact: true }).fill(readFileSync(passphrase, 'utf8').trim());
  await entry.locator('button.action').click();
  await enterNewPassphrase(entry, NEW_PASSPHRASE);
  await expect(signInButton(page, ADA)).toBeVisible();
  await expect(page.getByText(`Identity provider ${new URL(provider.issuer).host}`)).toBeVisible();
});

test('somebody else who logs in there is nobody here, and is told so', async () => {
  await outside.page.context().clearCookies();
  await signInButton(page, ADA).click();
  await logIn('grace');
  // The login that nobody here can use is ended.
  await signOutThere();
  await expect(page.getByText('For support: OPERATOR_UNKNOWN')).toBeVisible();
  expect((await desk.get('desk.state', {})).operator).toBeNull();
});

test('who denies it in the browser is not signed in', async () => {
  await outside.page.context().clearCookies();
  await signInButton(page, ADA).click();
  await outside.goToOpened();
  await heading('login').waitFor();
  await outside.page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByText(/For support: OIDC_/u)).toBeVisible();
  expect((await desk.get('desk.state', {})).operator).toBeNull();
});

test('they sign in with their login and the passphrase of their key', async () => {
  await outside.page.context().clearCookies();
  await signInButton(page, ADA).click();
  await expect(page.getByText('Log in in your browser, then come back here.')).toBeVisible();
  await looks.look(desk, page, 'signing in');
  await logIn('ada');
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await expect(page.getByRole('heading', { name: 'Participants', level: 1 })).toBeVisible();
  expect((await desk.get('desk.state', {})).operator).toMatchObject({ name: ADA, signIn: 'oidc' });
});

test('a recovery is confirmed after a login made for it, though the one of the sign-in stands', async () => {
  await toPreview(page, WHOSE);
  await toPlanByHolder(page, scene.network, WHOSE.name);
  await page.getByRole('button', { name: 'Continue to confirmation' }).click();
  await expect(page.getByText('Log in anew in your browser')).toBeVisible();
  await looks.look(desk, page, 'confirming');
  await logIn('ada');

  const entry = await desk.entry();
  await entry
    .getByLabel('Confirmation text')
    .pressSequentially((await entry.locator('.wanted').textContent()) ?? '');
  await expect(entry.getByLabel(/Passphrase/u)).toHaveCount(0);
  await endForm(entry);

  const summary = step(page, 'summary');
  await expect(summary).toContainText('2 of 2', { timeout: 60_000 });
  await summary.getByRole('button', { name: 'Close', exact: true }).click();
});

test('a desk that was locked is unlocked by a login made for it, and the passphrase', async () => {
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: 'Unlock' }).click();
  // The login of before still stands in the browser, and is not enough.
  await logIn('ada');
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toHaveCount(0);
});

test('a desk whose provider takes the session back is locked, says so, and is unlocked by a login made for it', async () => {
  await provider.revokeGrants();
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('identity provider no longer stands by your sign-in')).toBeVisible();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await logIn('ada');
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toHaveCount(0);
  // The next one to be taken back is the new one.
  await provider.revokeGrants();
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Unlock' }).click();
  await logIn('ada');
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toHaveCount(0);
});

test('who signs out is led to sign out at the provider, too', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signOutThere();
  await expect(page.getByText('Not signed in')).toBeVisible();
});

test('they are removed from the desk after a login made for it', async () => {
  await signInButton(page, ADA).click();
  await logIn('ada');
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Remove for good' }).click();
  await logIn('ada');
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await expect(page.getByText('Not signed in')).toBeVisible();
  expect((await desk.get('desk.state', {})).operators).toEqual([]);
});

test('no screen of it breaks a rule of accessibility, in light or in dark', () => {
  expect(looks.result).toEqual({
    looked: ['set up at the provider', 'signing in', 'confirming'],
    faults: [],
  });
});
