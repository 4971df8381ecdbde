import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PRACTICE_ROLES, practiceKey } from '../../electron/practice/practice-keys.ts';
import { EVENT_NAMES } from '../../shared/contract-names.ts';
import type { DeskBridge } from '../../shared/desk-bridge.ts';
import { DeskRun, ONLY_CHROMIUM, RUNTIME } from '../support/e2e-desk.ts';
import { closeSummary, pressToClose, step, typeConfirmation } from '../support/e2e-hands.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import { endForm, signInButton } from '../support/e2e-operators.ts';
import { renderersOf, treeOf } from '../support/e2e-processes.ts';
import { inEachWorld, snapshotFlags, snapshotOfMain, snapshotOfPage } from '../support/heap-snapshots.ts';
import { Sought } from '../support/secret-search.ts';

/**
 * An operator's private key and passphrase, looked for wherever the desk could leave them, from the moment they are
 * typed until everything has crashed. Each search is shown to find before it is believed to find nothing.
 */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const ADA = 'Ada Lovelace';
const WHOSE = { name: 'Aiko Tanaka' } as const;
const KEY = practiceKey(PRACTICE_ROLES.operator).slice(2);
const PASSPHRASE = `heap ${randomBytes(12).toString('hex')}`;

const secrets = [Sought.key(KEY), Sought.passphrase(PASSPHRASE)];
const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-e2e-secrets-'));
/** What the desk and its browser write beside the data folder: profiles, crash dumps, sockets. */
const temporary = path.join(folder, 'tmp');
const snapshots = path.join(folder, 'snapshots');
const start = { environment: { TMPDIR: temporary }, nodeFlags: snapshotFlags(snapshots) };
let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;

test.beforeAll(async () => {
  for (const made of [temporary, snapshots]) mkdirSync(made);
  scene = await NetworkDesk.open({}, start);
  ({ desk } = scene);
  page = await desk.page();
});
test.afterAll(async () => {
  await desk.stop();
  await scene.close();
  rmSync(folder, { recursive: true, force: true });
});

const inSnapshot = (snapshot: string) => secrets.flatMap((secret) => secret.inSnapshot(snapshot));
const inText = (text: string) => secrets.flatMap((secret) => secret.inText(text));
const onDisk = () =>
  secrets.flatMap((secret) => [scene.data, desk.folder, temporary].flatMap((one) => secret.inFolder(one)));
const inMemory = (pid: number) => Object.assign({}, ...secrets.map((secret) => secret.inMemory(pid)));

/** Only who administers the machine may read the memory of a sandboxed page. */
function mayReadPages(): boolean {
  try {
    for (const pid of renderersOf(desk.pid)) accessSync(`/proc/${pid}/mem`, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** By keys alone: what a driver puts into a field leaves copies of its own in the page. */
async function typeInto(entry: Page, label: string, text: string): Promise<void> {
  await entry.getByLabel(label, { exact: true }).focus();
  await entry.keyboard.type(text);
}

/** A field's value lies outside the heap of scripts. It is read as the document reads it, and let go of. */
async function foundInField(entry: Page, label: string): Promise<readonly string[]> {
  const field = entry.getByLabel(label, { exact: true });
  const id = await field.getAttribute('id');
  await inEachWorld(entry, () => `globalThis.read = document.getElementById('${id}').value`);
  const found = inSnapshot(await snapshotOfPage(entry));
  await inEachWorld(entry, () => 'delete globalThis.read');
  return found;
}

async function signIn(): Promise<void> {
  await signInButton(page, ADA).click();
  const entry = await desk.entry();
  await typeInto(entry, 'Passphrase', PASSPHRASE);
  await endForm(entry);
  await expect(page.getByRole('button', { name: 'Lock', exact: true })).toBeVisible();
}

/** Nothing in the heap of the desk's page, in any world, nor in the memory of any page, nor on disk, nor said. */
async function expectNothingLeft(): Promise<void> {
  expect(inSnapshot(await snapshotOfPage(page))).toEqual([]);
  if (mayReadPages()) {
    for (const pid of renderersOf(desk.pid)) expect(inMemory(pid)).toEqual({});
  }
  expect(onDisk()).toEqual([]);
  expect(inText(desk.stdout + desk.stderr)).toEqual([]);
}

/** Everything that the desk tells the page from now on is kept there. */
async function keepEvents(): Promise<void> {
  await page.evaluate((names) => {
    const world = globalThis as unknown as { desk: DeskBridge; told: string[] };
    world.told = [];
    for (const name of names) world.desk.on(name, (payload) => world.told.push(JSON.stringify(payload)));
  }, EVENT_NAMES);
}

const eventsKept = () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told.join('\n'));

test('what is put into any world of the page is found', async () => {
  const mark = randomBytes(12).toString('hex');
  const nameOf = (world: string): string => (world === '' ? 'the page' : world);
  // Put together there, so that it is not found in the script that does it.
  const worlds = await inEachWorld(
    page,
    (world) => `globalThis.mark = ['${mark}', '${nameOf(world)}'].join(' in ')`,
  );

  expect(worlds).toContain('');
  expect(worlds.some((world) => /^_[0-9a-f]{32}$/u.test(world))).toBe(true);
  const snapshot = await snapshotOfPage(page);
  for (const world of worlds)
    expect(Sought.passphrase(`${mark} in ${nameOf(world)}`).inSnapshot(snapshot)).toEqual(['passphrase']);
});

test('a private key that is typed stands in its field, and in nothing of the document once it was sent', async () => {
  await keepEvents();
  await page.getByLabel('Name').fill(ADA);
  await page.getByRole('radio', { name: /^On this machine/u }).click();
  await page.getByRole('radio', { name: /private key/iu }).click();
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  const entry = await desk.entry();
  await typeInto(entry, 'Private key', KEY);
  expect(await foundInField(entry, 'Private key')).toEqual(['key, hex']);

  await entry.locator('button.action').click();

  // The same document shows the next form.
  await entry.getByLabel('New passphrase', { exact: true }).waitFor();
  expect(inSnapshot(await snapshotOfPage(entry))).toEqual([]);
  for (const label of ['New passphrase', 'The same again']) await typeInto(entry, label, PASSPHRASE);
  expect(await foundInField(entry, 'New passphrase')).toEqual(['passphrase']);
  const knowing = entry.getByRole('checkbox');
  if (await knowing.isVisible()) await knowing.check();
  await endForm(entry);
  await expect(signInButton(page, ADA)).toBeVisible();
  await expectNothingLeft();
});

test('a wrong answer is gone from the document that asks again', async () => {
  await signInButton(page, ADA).click();
  const entry = await desk.entry();
  const wrong = `wrong ${randomBytes(12).toString('hex')}`;
  await typeInto(entry, 'Passphrase', wrong);
  await entry.locator('button.action').click();
  await expect(entry.getByRole('alert')).toContainText('passphrase');
  expect(Sought.passphrase(wrong).inSnapshot(await snapshotOfPage(entry))).toEqual([]);
  await pressToClose(entry, () => entry.getByRole('button', { name: 'Cancel' }).click());
});

test('who signs in and recovers somebody leaves the key in main alone', async () => {
  await signIn();
  expect(inSnapshot(await snapshotOfMain(desk, snapshots))).toEqual(['key, hex']);
  await typeConfirmation(await scene.toConfirmation(page, WHOSE), PASSPHRASE);
  await expect(step(page, 'summary')).toContainText('2 of 2', { timeout: 60_000 });

  await expectNothingLeft();
  const told = await eventsKept();
  expect(told).toContain(ADA);
  expect(inText(told)).toEqual([]);
  // What is no secret is where the secrets were looked for.
  const name = Sought.passphrase(ADA);
  expect(name.inFolder(scene.data)).not.toEqual([]);
  expect(readdirSync(temporary)).not.toEqual([]);
  const inPages = () => renderersOf(desk.pid).flatMap((pid) => Object.keys(name.inMemory(pid)));
  if (mayReadPages()) expect(inPages()).not.toEqual([]);
  await closeSummary(page);
});

test('a lock leaves nothing in main that anything leads to', async () => {
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toBeVisible();
  // Before the snapshot, for which the engine collects its garbage.
  const atLock = inMemory(desk.pid);
  expect(inSnapshot(await snapshotOfMain(desk, snapshots))).toEqual([]);
  // What is still there was given up, and not overwritten: told as it is, in resources/docs/operator-keys.md.
  const description = JSON.stringify({ atLock, afterCollection: inMemory(desk.pid) });
  test.info().annotations.push({ type: 'left in the memory of main', description });
  await expectNothingLeft();
});

test('a page that crashes beside an open key leaves nothing', async () => {
  await page.getByRole('button', { name: 'Unlock' }).click();
  const entry = await desk.entry();
  await typeInto(entry, 'Passphrase', PASSPHRASE);
  await endForm(entry);
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toHaveCount(0);
  const crashed = renderersOf(desk.pid);
  for (const pid of crashed) process.kill(pid, 'SIGSEGV');
  page = await desk.returned();
  expect(renderersOf(desk.pid).filter((pid) => crashed.includes(pid))).toEqual([]);
  await expectNothingLeft();
});

test('a desk whose browser is killed says so, and leaves nothing', async () => {
  const [browser] = treeOf(desk.pid).filter((pid) => pid !== desk.pid);
  if (browser === undefined) throw new Error('the desk has no browser');
  process.kill(browser, 'SIGKILL');
  expect(await desk.ended).toBe(1);
  expect(desk.stderr).toContain('BROWSER_LOST');
  expect(inText(desk.stdout + desk.stderr)).toEqual([]);
  expect(onDisk()).toEqual([]);
});

test('main that crashes with an open key leaves nothing', async () => {
  await desk.reconnect();
  desk = new DeskRun({ data: scene.data, ...start });
  page = await desk.page();
  await signIn();
  expect(inSnapshot(await snapshotOfMain(desk, snapshots))).toEqual(['key, hex']);
  desk.child.kill('SIGABRT');
  expect(await desk.ended).toBe('SIGABRT');
  expect(inText(desk.stdout + desk.stderr)).toEqual([]);
  expect(onDisk()).toEqual([]);
});
