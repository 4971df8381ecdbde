import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { Wallet } from 'ethers';
import { TOTP } from 'otpauth';
import { openRecords } from '../../electron/records.ts';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { SecretStore } from '../../electron/operator/secret-store.ts';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { saveFile, step } from '../support/e2e-hands.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import {
  endForm,
  enterPassphrase,
  NEW_PASSPHRASE,
  refused,
  sendForm,
  setUpFromKeystore,
  signInAs,
  signInButton,
  signOut,
  typeNewPassphrase,
} from '../support/e2e-operators.ts';
import { goOnMining, holdMining } from '../support/e2e-practice.ts';
import { readAuditFile, readJournalFile } from '../support/journal-file.ts';
import { storeIn } from '../support/keychain-desk.ts';
import { KeychainSession } from '../support/keychain-session.ts';

/** An operator whose key opens with a real keychain (Secret Service, a throw-away one) and their passphrase together. */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const ADA = 'Ada Lovelace';
const WHOSE = { name: 'Aiko Tanaka' } as const;
const EXPORT_PASSPHRASE = 'a passphrase for the copy alone';

let session: KeychainSession;
let store: SecretStore;
let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;
let id: string;

test.beforeAll(async () => {
  session = await KeychainSession.open({ keychain: 'open' });
  store = storeIn(session.environment);
  const { HOME: _home, PATH: _path, ...environment } = session.environment;
  scene = await NetworkDesk.open({ allowVaultWithoutKeychain: false }, { environment });
  ({ desk } = scene);
  page = await desk.page();
});
test.afterAll(async () => {
  await scene.close();
  await session.close();
});

const journal = () => readJournalFile(scene.data);
const kinds = () => readAuditFile(scene.data).map(({ kind }) => kind);

async function typePassphrase(entry: Page, passphrase: string): Promise<void> {
  await entry.getByLabel('Passphrase', { exact: true }).fill(passphrase);
}

test('an operator is set up with an entry in the keychain, and signs in with both', async () => {
  await setUpFromKeystore(desk, page, ADA, scene.network.files.operator);
  const { operators, signInWays } = await desk.get('desk.state', {});
  expect(signInWays).toMatchObject({ keychainProblem: null, withoutKeychain: false });
  id = operators[0]?.id ?? '';
  expect(await store.read(id)).not.toBeNull();
  await signInAs(desk, page, ADA);
});

test('a copy of the key is a v3 keystore under a passphrase of its own, after theirs, by the save dialog', async () => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Save the key…' }).click();
  const entry = await desk.entry();
  await typePassphrase(entry, 'not the passphrase');
  await refused(entry, /^The passphrase is not the one/u);
  await typePassphrase(entry, NEW_PASSPHRASE);
  await sendForm(entry);
  await typeNewPassphrase(entry, EXPORT_PASSPHRASE);
  await endForm(entry);
  const file = await saveFile(desk);

  await expect(page.getByText(`Saved as ${file.split('/').at(-1) ?? ''}`)).toBeVisible();
  const text = readFileSync(file, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ version: 3, crypto: { kdf: 'scrypt' } });
  expect((await Wallet.fromEncryptedJson(text, EXPORT_PASSPHRASE)).address).toBe(
    practiceAddress(PRACTICE_ROLES.operator),
  );
  await expect(Wallet.fromEncryptedJson(text, NEW_PASSPHRASE)).rejects.toThrow(/incorrect password/u);
  expect(kinds()).toContain('operator_key_exported');
});

test('codes that are set up in the settings are asked for from then on, without signing in anew, and turned off', async () => {
  await page.getByRole('button', { name: 'Set up one-time codes' }).click();
  let entry = await desk.entry();
  await typePassphrase(entry, NEW_PASSPHRASE);
  await sendForm(entry);
  const secret = (await entry.locator('.lines code').textContent()) ?? '';
  const authenticator = new TOTP({ secret });
  await entry.getByLabel('One-time code', { exact: true }).fill(authenticator.generate());
  await sendForm(entry);
  await expect(entry.locator('.lines code')).toHaveCount(10);
  const [recoveryCode = ''] = await entry.locator('.lines code').allTextContents();
  await entry.getByRole('checkbox').check();
  await endForm(entry);
  await expect(page.getByText('One-time codes were set up.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'One-time codes: on' })).toBeVisible();

  await page.getByRole('button', { name: 'Turn off one-time codes' }).click();
  entry = await desk.entry();
  await typePassphrase(entry, NEW_PASSPHRASE);
  await entry.getByLabel('One-time code', { exact: true }).fill(recoveryCode);
  await endForm(entry);
  await expect(page.getByRole('heading', { name: 'One-time codes: off' })).toBeVisible();
});

test('what was asked for when the desk was locked does not stand in the way of unlocking it', async () => {
  await page.getByRole('button', { name: 'Change passphrase' }).click();
  const left = await desk.entry();
  const closed = left.waitForEvent('close');
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await closed;
  const entry = await desk.entry();
  await expect(entry.getByRole('heading', { name: `Unlock the desk, ${ADA}` })).toBeVisible();
  await enterPassphrase(entry, NEW_PASSPHRASE);
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toBeHidden();
});

test('a locked desk stays locked while the keychain is locked, and signs on once that is open again', async () => {
  await holdMining(scene.network.node.url);
  await scene.begin(page, WHOSE);
  await expect.poll(() => journal().transactions.length).toBeGreaterThan(0);
  await page.keyboard.press('Control+l');
  await goOnMining(scene.network.node.url);
  await expect.poll(() => journal().recovery.status).toBe('waiting');
  await session.lock();

  await page.getByRole('button', { name: 'Unlock' }).click();
  const entry = await desk.entry();
  await typePassphrase(entry, NEW_PASSPHRASE);
  await refused(entry, /The keychain is locked.*Unlock it/u);

  await session.unlock();
  await enterPassphrase(entry, NEW_PASSPHRASE);
  const summary = step(page, 'summary');
  await expect(summary).toContainText('2 of 2', { timeout: 60_000 });
  await summary.getByRole('button', { name: 'Close', exact: true }).click();
});

test('an entry that was deleted under the desk is named, is no wrong attempt, and put back it works', async () => {
  const secret = await store.read(id);
  if (secret === null) throw new Error('there is no entry');
  await store.remove(id);
  await signOut(page);
  await signInButton(page, ADA).click();
  const entry = await desk.entry();
  await typePassphrase(entry, NEW_PASSPHRASE);
  await refused(entry, /The keychain is open, but the entry .* is not in it/u);

  await store.write(id, secret);
  await enterPassphrase(entry, NEW_PASSPHRASE);
  await expect(page.getByRole('heading', { name: 'Participants', level: 1 })).toBeVisible();
  expect(kinds().filter((kind) => kind === 'operator_attempt_failed')).toHaveLength(1);
});

test('who is removed has no entry in the keychain any more', async () => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Remove for good' }).click();
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);

  await expect(page.getByText('Not signed in')).toBeVisible();
  expect((await desk.get('desk.state', {})).operators).toEqual([]);
  expect(await store.read(id)).toBeNull();
  expect(kinds().slice(-2)).toEqual(['operator_removed', 'operator_signed_out']);
});

test('a removal that was cut off before the keychain forgot is made up for by the next start', async () => {
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await setUpFromKeystore(desk, page, ADA, scene.network.files.operator);
  id = (await desk.get('desk.state', {})).operators[0]?.id ?? '';
  expect(await store.read(id)).not.toBeNull();

  await scene.restart(() => {
    const records = openRecords(scene.data);
    // The first of its commits, and nothing more.
    records.operators.remove(id);
    records.close();
  });

  await expect.poll(() => store.read(id)).toBeNull();
});
