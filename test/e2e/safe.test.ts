import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { addressSchema } from '../../shared/address-schema.ts';
import { hexSchema } from '../../shared/values.ts';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { saveFile, step } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { NetworkDesk } from '../support/e2e-network.ts';
import { finishAndSignIn, nameOperator } from '../support/e2e-operators.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { openSafe, type Safe } from '../support/safe.ts';

/**
 * A right that a Safe holds: the desk hands calls out and watches the chain. The Safe's address is that of a contract on
 * the node; that its calls are sent is done by impersonation, which stands in for the signatures of its owners.
 */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const SAFE = 'Treasury Safe';
const WHOSE = { name: 'Aiko Tanaka' } as const;

const batchSchema = z.object({
  version: z.literal('1.0'),
  chainId: z.string(),
  meta: z.object({ createdFromSafeAddress: z.string(), checksum: z.string() }),
  transactions: z.array(z.object({ to: addressSchema, value: z.literal('0'), data: hexSchema })).min(1),
});
type Batch = z.output<typeof batchSchema>;

const looks = new AccessibilityFaults();
let scene: NetworkDesk;
let desk: DeskRun;
let page: Page;
let safe: Safe;

test.beforeAll(async () => {
  // It stands still soon, where a desk of every day watches for some minutes first.
  scene = await NetworkDesk.open({ miningPatienceSeconds: 5 });
  ({ desk } = scene);
  safe = await openSafe(scene, scene.acts, 'custodian and identity manager');
  page = await desk.page();
});
test.afterAll(() => scene.close());

const journal = () => readJournalFile(scene.data);
const signer = () => page.getByRole('row', { name: SAFE });
const standstill = () =>
  page.getByRole('status').filter({ hasText: 'Waiting for signatures from elsewhere' });

async function savedBatch(): Promise<Batch> {
  await page.getByRole('button', { name: 'As a Safe batch…' }).click();
  const file = await saveFile(desk);
  await expect(page.getByText(file.split('/').at(-1) ?? '')).toBeVisible();
  return batchSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

test('an operator is set up whose address signs elsewhere, and of whom the desk keeps no key', async () => {
  await nameOperator(page, SAFE, /^In a Safe or custody platform/u);
  await page.getByLabel('Address').fill(safe.address);
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await finishAndSignIn(desk, page, SAFE);
  expect((await desk.get('desk.state', {})).operator).toMatchObject({ key: 'export', identityManager: true });
});

test('a recovery of theirs is handed out, sends nothing, and waits where everybody sees it', async () => {
  await scene.begin(page, WHOSE);
  await expect(signer()).toContainText('Waited for: signed elsewhere');
  await expect(standstill()).toContainText('are not carried out yet', { timeout: 60_000 });
  await looks.look(desk, page, 'waiting for a Safe');
  expect(journal()).toMatchObject({ recovery: { status: 'waiting' }, transactions: [] });
});

test('its calls are saved as a batch file, and carried out on chain complete it without another hand', async () => {
  const batch = await savedBatch();
  const { chainId } = scene.network.seed;
  expect(batch).toMatchObject({ chainId: String(chainId), meta: { createdFromSafeAddress: safe.address } });

  await page.getByRole('button', { name: 'Look at the chain now' }).click();
  await expect(standstill()).toBeHidden();
  const carried = await safe.carryOut(batch.transactions.map((call) => ({ call })));

  expect(carried).toEqual(batch.transactions.map(() => true));
  await expect(step(page, 'summary')).toContainText('2 of 2', { timeout: 60_000 });
  expect(journal()).toMatchObject({ recovery: { status: 'completed' }, transactions: [] });
});

test('no screen of it breaks a rule of accessibility, in light or in dark', () => {
  expect(looks.result).toEqual({ looked: ['waiting for a Safe'], faults: [] });
});
