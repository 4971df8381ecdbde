import { expect, test, type Page } from '@playwright/test';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { step } from '../support/e2e-hands.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import { enterPassphrase, NEW_PASSPHRASE, setUpFromKeystore, signInAs } from '../support/e2e-operators.ts';
import { goOnMining, holdMining } from '../support/e2e-practice.ts';
import { readAuditFile, readJournalFile } from '../support/journal-file.ts';

/** A desk that is left alone while a recovery runs. */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const ADA = 'Ada Lovelace';
const WHOSE = { name: 'Aiko Tanaka' } as const;
const IDLE_SECONDS = 20;

let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;

test.beforeAll(async () => {
  scene = await NetworkDesk.open({ idleLockSeconds: IDLE_SECONDS });
  ({ desk } = scene);
  page = await desk.page();
  await setUpFromKeystore(desk, page, ADA, scene.network.files.operator);
  await signInAs(desk, page, ADA);
});
test.afterAll(() => scene.close());

const signed = () => readJournalFile(scene.data).transactions.filter(({ raw }) => raw !== null).length;
const hidden = () => page.getByRole('heading', { name: 'The desk is hidden' });

test('hides everything after a while without a hand, and says what goes on', async () => {
  await holdMining(scene.network.node.url);
  await scene.begin(page, WHOSE);

  await expect(hidden()).toBeVisible({ timeout: (IDLE_SECONDS + 20) * 1000 });

  await expect(page.getByText('The recovery that was confirmed goes on')).toBeVisible();
  await expect(page.getByText(WHOSE.name)).toHaveCount(0);
  expect(await desk.invoke('wizard.state', {})).toMatchObject({ ok: false, error: { code: 'DESK_LOCKED' } });
});

test('meanwhile what was confirmed is signed to its end, and nothing of it is shown', async () => {
  const before = signed();
  expect(readJournalFile(scene.data).recovery.status).toBe('running');

  await goOnMining(scene.network.node.url);

  await expect.poll(() => readJournalFile(scene.data).recovery.status, { timeout: 60_000 }).toBe('completed');
  expect(signed()).toBeGreaterThan(before);
  await expect(hidden()).toBeVisible();
  await expect(page.getByText(WHOSE.name)).toHaveCount(0);
});

test('a hand alone does not bring it back; the passphrase does, to the summary', async () => {
  await page.keyboard.press('Tab');
  await expect(hidden()).toBeVisible();

  await page.getByRole('button', { name: 'Unlock' }).click();
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);

  await expect(step(page, 'summary')).toContainText('2 of 2');
  const told = readAuditFile(scene.data).filter(({ kind }) => kind.startsWith('desk_'));
  expect(told.map(({ kind }) => kind)).toEqual(['desk_locked', 'desk_unlocked']);
  expect(told[0]?.fields).toContain('"cause":"idle"');
});
