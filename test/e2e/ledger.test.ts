import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PRACTICE_ROLES, practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { step } from '../support/e2e-hands.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import { finishAndSignIn, nameOperator, resume } from '../support/e2e-operators.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { sentBy } from '../support/practice-acts.ts';
import { projectRoot } from '../support/tree.ts';

/**
 * An operator whose key is in a Ledger. The device is a stand-in behind Ledger's own transport mock, loaded into the built
 * desk before it starts; Ledger's Ethereum package, which speaks to it, is the real one. No test has run against a device.
 */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const LENA = 'Lena Ohm';
const WHOSE = { name: 'Aiko Tanaka' } as const;
const OPERATOR = practiceAddress(PRACTICE_ROLES.operator);

let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;

test.beforeAll(async () => {
  const device = path.join(projectRoot, 'test', 'support', 'ledger-plugged-in.mjs');
  scene = await NetworkDesk.open({}, { nodeFlags: ['--import', device] });
  ({ desk } = scene);
  page = await desk.page();
});
test.afterAll(() => scene.close());

const standstill = (code: string) => page.locator(`[role="status"][data-code="${code}"]`);

function ledger(conduct: 'signs' | 'declines' | 'unplugged', role: string = PRACTICE_ROLES.operator): void {
  writeFileSync(path.join(scene.folder, 'ledger.json'), JSON.stringify({ key: practiceKey(role), conduct }));
}

test('an operator is set up with the address that the device has, and not without the device', async () => {
  ledger('unplugged');
  await nameOperator(page, LENA, /^In a Ledger/u);
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await expect(page.getByText('For support: SIGNER_UNAVAILABLE')).toBeVisible();

  ledger('signs');
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await finishAndSignIn(desk, page, LENA);
  expect((await desk.get('desk.state', {})).operator).toMatchObject({ key: 'ledger', address: OPERATOR });
});

test('what is declined at the device, or asked of another device, is told, and nothing is sent', async () => {
  const before = await sentBy(scene.provider, OPERATOR);
  ledger('declines');
  await scene.begin(page, WHOSE);
  await expect(standstill('SIGNER_DECLINED')).toContainText('It was declined on the Ledger.');

  ledger('signs', 'accomplice');
  await resume(desk, page);
  await expect(standstill('SIGNER_ANSWER_WRONG')).toContainText('another account');

  ledger('unplugged');
  await resume(desk, page);
  await expect(standstill('SIGNER_UNAVAILABLE')).toBeVisible();
  expect(await sentBy(scene.provider, OPERATOR)).toBe(before);
});

test('a recovery is signed by the device to its end', async () => {
  ledger('signs');
  await resume(desk, page);
  await expect(step(page, 'summary')).toContainText('2 of 2', { timeout: 60_000 });
  const { transactions, recovery } = readJournalFile(scene.data);
  expect(recovery.status).toBe('completed');
  expect(new Set(transactions.map(({ signer }) => signer))).toEqual(new Set([OPERATOR]));
});
