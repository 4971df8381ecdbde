import { expect, test, type Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { encode } from 'uqr';
import { PRACTICE_ROLES } from '../../electron/practice/practice-keys.ts';
import { layPolicy } from '../support/desk-policy.ts';
import { CLOCK_AHEAD, ClockAhead } from '../support/e2e-clock.ts';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import {
  endForm,
  NEW_PASSPHRASE,
  refused,
  sendForm,
  signInButton,
  signOut,
  takeKeystoreOver,
  typeNewPassphrase,
} from '../support/e2e-operators.ts';
import { readAuditFile } from '../support/journal-file.ts';
import { draftOf, PASSPHRASE, setUp } from '../support/operator-terminal.ts';

/**
 * One-time codes, recovery codes, and what wrong attempts cost. The authenticator is `otpauth` with the secret that the
 * small window shows; the calendar of the desk is put ahead where a person would wait.
 */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const ADA = 'Ada Lovelace';
const BERT = 'Bert Meyer';
const POLICY = { requireTotp: true, allowVaultWithoutKeychain: true } as const;
const STEP_MS = 30_000;
/** A code of ten steps ahead, or of nine where one has just gone by. */
const AHEAD = /about (?:5|4\.5) minutes ahead of the clock/u;
const MINUTE_MS = 60_000;

const looks = new AccessibilityFaults();
const clock = new ClockAhead();
let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;
let authenticator: TOTP;
let recoveryCodes: readonly string[];
/** The last code that was taken. */
let taken: string;

test.beforeAll(async () => {
  scene = await NetworkDesk.open(POLICY, { nodeFlags: ['--import', CLOCK_AHEAD] });
  ({ desk } = scene);
  page = await desk.page();
});
test.afterAll(() => scene.close());

const lines = (entry: Page) => entry.locator('.lines code');
/** @param away milliseconds between the authenticator's clock and the desk's. */
const code = (away = 0): string => authenticator.generate({ timestamp: clock.now.getTime() + away });
/** The authenticator shows another code than before. */
const nextCode = (): void => clock.put(desk, STEP_MS);
const wrongCode = (): string => (code() === '000000' ? '111111' : '000000');
const failures = () =>
  readAuditFile(scene.data).flatMap(({ kind, fields }) =>
    kind === 'operator_attempt_failed' ? [/"reason":"([A-Z_]+)"/u.exec(fields)?.[1]] : [],
  );

async function tryCode(entry: Page, typed: string, says: RegExp): Promise<void> {
  await entry.getByLabel('One-time code', { exact: true }).fill(typed);
  await refused(entry, says);
}

async function tryPassphrase(entry: Page, typed: string, says: RegExp): Promise<void> {
  await entry.getByLabel('Passphrase', { exact: true }).fill(typed);
  await refused(entry, says);
}

/** From signed out to the form for the code. */
async function toCode(): Promise<Page> {
  await signInButton(page, ADA).click();
  const entry = await desk.entry();
  await entry.getByLabel('Passphrase', { exact: true }).fill(NEW_PASSPHRASE);
  await sendForm(entry);
  await expect(entry.getByLabel('One-time code', { exact: true })).toBeVisible();
  return entry;
}

async function finishWith(entry: Page, typed: string): Promise<void> {
  await entry.getByLabel('One-time code', { exact: true }).fill(typed);
  await endForm(entry);
  await expect(page.getByRole('heading', { name: 'Participants', level: 1 })).toBeVisible();
}

test('codes are set up in the small window: to scan, to type, and confirmed by the first of them', async () => {
  const entry = await takeKeystoreOver(desk, page, ADA, scene.network.files.operator);
  await typeNewPassphrase(entry, NEW_PASSPHRASE);
  await sendForm(entry);
  const picture = entry.getByRole('img', { name: /^QR code/u });
  await expect(picture).toBeVisible();
  const secret = (await lines(entry).textContent()) ?? '';
  authenticator = new TOTP({ issuer: 'Recovery Desk', label: ADA, secret });
  await looks.look(desk, entry, 'one-time codes');

  const scanned = encode(authenticator.toString(), { ecc: 'M', border: 4 }).data;
  const dark = scanned.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  expect(await picture.locator('path').getAttribute('d')).toBe(dark.join(''));
  expect(await page.content()).not.toContain(secret);

  await tryCode(entry, wrongCode(), /The one-time code is wrong.*once more/u);
  await tryCode(entry, code(10 * STEP_MS), AHEAD);
  await expect(entry.getByRole('alert')).not.toContainText('recovery code');
  await entry.getByLabel('One-time code', { exact: true }).fill(code());
  await sendForm(entry);
  await expect(lines(entry)).toHaveCount(10);
  await looks.look(desk, entry, 'recovery codes');
  recoveryCodes = await lines(entry).allTextContents();
  const seen = await page.content();
  expect(recoveryCodes.filter((one) => seen.includes(one))).toEqual([]);
  // The window stays until it was said that they are kept.
  await refused(entry, /Please tick/u);
  await entry.getByRole('checkbox').check();
  await endForm(entry);
  await expect(signInButton(page, ADA)).toBeVisible();
});

test('who signs in gives a code of now, after the passphrase; a wrong one is said to be', async () => {
  nextCode();
  const entry = await toCode();
  await tryCode(entry, wrongCode(), /The one-time code is wrong/u);
  taken = code();
  await finishWith(entry, taken);
  expect((await desk.get('desk.state', {})).operator).toMatchObject({ name: ADA, code: true });
});

test('a used code is refused, and one by another clock, which is named; a recovery code works, once', async () => {
  const [first = '', second = ''] = recoveryCodes;
  await signOut(page);
  let entry = await toCode();
  await tryCode(entry, taken, /was used before/u);
  await tryCode(entry, code(10 * STEP_MS), AHEAD);
  await expect(entry.getByRole('alert')).toContainText('A recovery code works meanwhile');
  await finishWith(entry, first.toLowerCase());

  await signOut(page);
  entry = await toCode();
  await tryCode(entry, first, /wrong, or was used before/u);
  await finishWith(entry, second);
  expect(failures()).toEqual(['TOTP_WRONG', 'TOTP_WRONG', 'TOTP_CLOCK_SKEW', 'RECOVERY_CODE_WRONG']);
});

test('wrong attempts make the next one wait, longer each time, also after the desk was started anew', async () => {
  await signOut(page);
  const before = failures().length;
  await signInButton(page, ADA).click();
  let entry = await desk.entry();
  const WRONG = /^The passphrase is not the one/u;
  for (const [failed, seconds] of [0, 0, 0, 2, 4, 8].entries()) {
    if (seconds > 0) {
      await tryPassphrase(entry, NEW_PASSPHRASE, new RegExp(`^After ${failed} wrong attempts in a row`, 'u'));
      const told = Number(/wait (\d+) seconds?/u.exec(await entry.getByRole('alert').innerText())?.[1]);
      expect(told).toBeGreaterThan(failed > 3 ? seconds / 2 : 0);
      expect(told).toBeLessThanOrEqual(seconds);
    }
    clock.put(desk, seconds * 1000);
    await tryPassphrase(entry, 'not the passphrase', WRONG);
  }

  page = await scene.restart(async () => {
    // Of a time when policy did not ask for codes yet.
    layPolicy(scene.data, {});
    await setUp(scene.data, draftOf(BERT, PRACTICE_ROLES.operatorWithoutRole));
    layPolicy(scene.data, POLICY);
  });
  ({ desk } = scene);
  await signInButton(page, ADA).click();
  entry = await desk.entry();
  await tryPassphrase(entry, NEW_PASSPHRASE, /After 6 wrong attempts in a row.*wait \d+ seconds/u);

  clock.put(desk, 10 * MINUTE_MS);
  await entry.getByLabel('Passphrase', { exact: true }).fill(NEW_PASSPHRASE);
  await sendForm(entry);
  await finishWith(entry, code());
  expect(failures().slice(before)).toEqual(Array.from({ length: 6 }, () => 'PASSPHRASE_WRONG'));
});

test('who has no codes where policy has come to ask for them sets them up on the way in', async () => {
  await signOut(page);
  await signInButton(page, BERT).click();
  let entry = await desk.entry();
  await tryPassphrase(entry, 'not the passphrase', /^The passphrase is not the one/u);
  await entry.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await sendForm(entry);
  await expect(entry.getByText('The policy of this desk asks for one-time codes now.')).toBeVisible();
  authenticator = new TOTP({ secret: (await lines(entry).textContent()) ?? '' });
  await entry.getByLabel('One-time code', { exact: true }).fill(code());
  await sendForm(entry);
  await expect(lines(entry)).toHaveCount(10);
  await entry.getByRole('checkbox').check();
  await endForm(entry);
  nextCode();
  entry = await desk.entry();
  await entry.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await sendForm(entry);
  await finishWith(entry, code());
  expect((await desk.get('desk.state', {})).operator).toMatchObject({ name: BERT, code: true });
});

test('no screen of it breaks a rule of accessibility, in light or in dark', () => {
  expect(looks.result).toEqual({ looked: ['one-time codes', 'recovery codes'], faults: [] });
});
