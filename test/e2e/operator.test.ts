import { expect, test, type Page } from '@playwright/test';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { proofField, step, typeConfirmation } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import {
  enterPassphrase,
  NEW_PASSPHRASE,
  refused,
  setUpFromKeystore,
  signInButton,
} from '../support/e2e-operators.ts';
import { goOnMining, holdMining } from '../support/e2e-practice.ts';
import { readAuditFile, readJournalFile } from '../support/journal-file.ts';

/** The first operator of a desk, from being set up to the summary of a recovery. */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const ADA = 'Ada Lovelace';
const WHOSE = { name: 'Aiko Tanaka' } as const;

const looks = new AccessibilityFaults();
let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;

test.beforeAll(async () => {
  scene = await NetworkDesk.open();
  ({ desk } = scene);
  page = await desk.page();
});
test.afterAll(() => scene.close());

test('a desk that nobody works at yet asks for its first operator', async () => {
  await expect(page.getByRole('heading', { name: 'Set up the first operator', level: 1 })).toBeVisible();
  await looks.look(desk, page, 'set up');

  await setUpFromKeystore(desk, page, ADA, scene.network.files.operator);

  const { operators, operator } = await desk.get('desk.state', {});
  expect(operators).toMatchObject([{ name: ADA, signIn: 'passphrase', key: 'keystore' }]);
  expect(operator).toBeNull();
});

test('shows people to nobody who is not signed in', async () => {
  const search = { text: '', state: null, sort: 'name', direction: 'ascending', offset: 0, limit: 10 };
  expect(await desk.invoke('participants.search', search)).toMatchObject({
    ok: false,
    error: { code: 'RIGHT_MISSING' },
  });
});

test('a wrong passphrase is said to be, and a right one signs in', async () => {
  await signInButton(page, ADA).click();
  const entry = await desk.entry();
  await entry.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await refused(entry, /^The passphrase is not the one/u);

  await enterPassphrase(entry, NEW_PASSPHRASE);

  await expect(page.getByRole('heading', { name: 'Participants', level: 1 })).toBeVisible();
});

test('who is signed in sees what the chain lets them do', async () => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Read them from the chain' }).click();
  const rights = page.getByRole('group', { name: 'Rights on this network' });
  await expect(rights.getByRole('grid')).toBeVisible();
  await looks.look(desk, page, 'your settings');
  const read = await desk.get('operator.rights', {});
  expect(read.identityManager).toBe(true);
  const held = read.tokens.filter((token) => token.custodian).length;
  await expect(rights).toContainText(`Of ${String(held)} of ${String(read.tokens.length)} tokens`);
  expect(held).toBe(read.tokens.length - 1);
});

test('a confirmation without their passphrase begins nothing', async () => {
  await holdMining(scene.network.node.url);
  const entry = await scene.toConfirmation(page, WHOSE);
  await entry
    .getByLabel('Confirmation text')
    .pressSequentially((await entry.locator('.wanted').textContent()) ?? '');
  await proofField(entry).fill('not the passphrase');
  await entry.getByRole('button', { name: 'Begin the recovery' }).click();
  await expect(entry.getByRole('alert')).toContainText(/passphrase/u);
  expect(await desk.get('recovery.list', {})).toEqual([]);

  // What is no secret was kept.
  await entry.getByLabel('Confirmation text').fill('');
  await typeConfirmation(entry, NEW_PASSPHRASE);
  await expect(step(page, 'progress')).toBeVisible();
});

test('a lock by hand hides everything, takes the key away, and the recovery waits', async () => {
  await expect.poll(() => readJournalFile(scene.data).transactions.length).toBeGreaterThan(0);

  await page.keyboard.press('Control+l');

  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toBeVisible();
  await expect(page.getByText(WHOSE.name)).toHaveCount(0);
  await looks.look(desk, page, 'locked');
  for (const [name, input] of [
    ['wizard.state', {}],
    ['recovery.list', {}],
    ['operator.rights', {}],
  ] as const) {
    expect(await desk.invoke(name, input)).toMatchObject({ ok: false, error: { code: 'DESK_LOCKED' } });
  }
  await goOnMining(scene.network.node.url);
  await expect.poll(() => readJournalFile(scene.data).recovery.status).toBe('waiting');
});

test('unlocked with their passphrase it goes on by itself, to its summary', async () => {
  await page.getByRole('button', { name: 'Unlock' }).click();
  const entry = await desk.entry();
  await looks.look(desk, entry, 'unlock');
  await enterPassphrase(entry, NEW_PASSPHRASE);

  await expect(step(page, 'summary')).toContainText('2 of 2', { timeout: 60_000 });

  const { transactions, recovery } = readJournalFile(scene.data);
  const address = practiceAddress(PRACTICE_ROLES.operator);
  expect(new Set(transactions.map(({ signer }) => signer))).toEqual(new Set([address]));
  expect(recovery.status).toBe('completed');
  const told = readAuditFile(scene.data).map(({ kind }) => kind);
  for (const kind of [
    'operator_created',
    'operator_signed_in',
    'operator_proved',
    'desk_locked',
    'desk_unlocked',
  ])
    expect(told).toContain(kind);
});

test('no screen on the way breaks a rule of accessibility, in light or in dark', () => {
  expect(looks.result).toEqual({ looked: ['set up', 'your settings', 'locked', 'unlock'], faults: [] });
});
