import { expect, test, type Page } from '@playwright/test';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import { CLOCK_AHEAD, ClockAhead } from '../support/e2e-clock.ts';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { closeSummary, step } from '../support/e2e-hands.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import {
  enterPassphrase,
  NEW_PASSPHRASE,
  resume,
  setUpFromKeystore,
  signInAs,
  signOut,
} from '../support/e2e-operators.ts';
import { goOnMining, holdMining } from '../support/e2e-practice.ts';
import { readAuditFile, readJournalFile } from '../support/journal-file.ts';
import { IDENTITY_MANAGER_ROLE } from '../support/safe.ts';

/**
 * A desk whose screen is locked, and whose machine sleeps, while a recovery runs; and the initiator of a recovery who may
 * no longer make any. The browser is told that the screen was locked by its own emulation; of sleep the desk learns by its
 * clocks, whose calendar the test puts ahead: no machine is sent to sleep here.
 */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const ADA = 'Ada Lovelace';
const AIKO = { name: 'Aiko Tanaka' } as const;
const JONAS = { name: 'Jonas Weir' } as const;
const MINUTE_MS = 60_000;

const clock = new ClockAhead();
let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;

test.beforeAll(async () => {
  scene = await NetworkDesk.open({}, { nodeFlags: ['--import', CLOCK_AHEAD] });
  ({ desk } = scene);
  page = await desk.page();
  await setUpFromKeystore(desk, page, ADA, scene.network.files.operator);
  await signInAs(desk, page, ADA);
});
test.afterAll(() => scene.close());

const url = () => scene.network.node.url;
const journal = () => readJournalFile(scene.data);
const signed = () => journal().transactions.filter(({ raw }) => raw !== null).length;
const locked = () => page.getByRole('heading', { name: 'The desk is locked' });
const standstill = () => step(page, 'progress').getByRole('status').filter({ hasText: 'Waiting' });

async function lockScreen(): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const isScreenUnlocked of [true, false])
    await session.send('Emulation.setIdleOverride', { isUserActive: true, isScreenUnlocked });
}

async function unlock(): Promise<void> {
  await page.getByRole('button', { name: 'Unlock' }).click();
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);
  await expect(locked()).toBeHidden();
}

async function openFromHistory(name: string): Promise<void> {
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await page.getByRole('row', { name }).click();
  await expect(step(page, 'progress')).toBeVisible();
}

test('a locked screen takes the key away: the recovery waits, and says so', async () => {
  await holdMining(url());
  await scene.begin(page, AIKO);
  await expect.poll(signed).toBe(1);

  await lockScreen();

  await expect(locked()).toBeVisible();
  await expect(page.getByText('The screen of this machine was locked.')).toBeVisible();
  await expect(page.getByText('the recovery waits for your key until you unlock')).toBeVisible();
  await expect(page.getByText(AIKO.name)).toBeHidden();
  await goOnMining(url());
  await expect.poll(() => journal().recovery.status).toBe('waiting');
  expect(signed()).toBe(1);
});

test('unlocked it goes on; a machine that slept is locked when it wakes, and signs nothing more', async () => {
  await holdMining(url());
  await unlock();
  await expect.poll(signed).toBeGreaterThan(1);

  clock.put(desk, MINUTE_MS);

  await expect(locked()).toBeVisible();
  await expect(page.getByText('This machine went to sleep.')).toBeVisible();
  const atLock = signed();
  await goOnMining(url());
  expect(signed()).toBe(atLock);
  await unlock();
  await expect(step(page, 'summary')).toContainText('2 of 2', { timeout: 60_000 });
  const locks = readAuditFile(scene.data).filter(({ kind }) => kind === 'desk_locked');
  expect(locks.map(({ fields }) => /"cause":"(\w+)"/u.exec(fields)?.[1])).toEqual(['screen_lock', 'suspend']);
  await closeSummary(page);
});

test('whoever leaves a recovery that waits may sign out, and is not removed while it is open', async () => {
  await holdMining(url());
  await scene.begin(page, JONAS);
  await expect.poll(() => journal().transactions.length).toBe(1);
  await page.keyboard.press('Control+l');
  await expect(locked()).toBeVisible();
  await goOnMining(url());
  await expect.poll(() => journal().recovery.status).toBe('waiting');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInAs(desk, page, ADA);

  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Remove for good' }).click();
  await enterPassphrase(await desk.entry(), NEW_PASSPHRASE);

  await expect(page.getByText('For support: OPERATOR_BUSY')).toBeVisible();
  await expect(page.getByText(journal().recovery.id)).toBeVisible();
  expect((await desk.get('desk.state', {})).operators).toHaveLength(1);
});

test('who began it and then lost the role watches it, and can go on with nothing', async () => {
  await signOut(page);
  const { accessManager } = scene.network.seed.contracts;
  const role = [IDENTITY_MANAGER_ROLE, practiceAddress(PRACTICE_ROLES.operator)];
  await scene.acts.act('platform-admin', 'AccessManager', accessManager, 'revokeRole', role);
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await signInAs(desk, page, ADA);
  expect((await desk.get('desk.state', {})).operator).toMatchObject({ identityManager: false });

  await openFromHistory(JONAS.name);

  await expect(standstill()).toContainText('Waiting since the desk was locked');
  await expect(step(page, 'progress')).toContainText(`Recovering ${JONAS.name}`);
  await resume(desk, page);
  const summary = step(page, 'summary');
  await expect(summary).toContainText('lacks the right for this step');
  await expect(summary).toContainText('Nothing irreversible was done.');
  await expect(page.locator('[data-phase="recover_identity"]')).toHaveAttribute('data-status', 'failed');
  expect(journal().recovery).toMatchObject({ status: 'failed', noReturnAt: null });
});
