import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test, expect, type Page } from '@playwright/test';
import { keystoreCodec } from '../../electron/operator/keystore-codec.ts';
import { PRACTICE_PASSPHRASE } from '../../electron/practice/practice-keys.ts';
import { practiceRecordsFolder } from '../../electron/workbench/site.ts';
import { HAND_OVER_CHECKS } from '../../shared/hand-over-rules.ts';
import { ONLY_CHROMIUM, RUNTIME, type DeskRun } from '../support/e2e-desk.ts';
import { proofField, step, toEntry, toPreview, typeConfirmation } from '../support/e2e-hands.ts';
import { AccessibilityFaults } from '../support/e2e-looks.ts';
import { endForm, NEW_PASSPHRASE, signInAs, toPlanByNewWallet } from '../support/e2e-operators.ts';
import { shareDesk } from '../support/e2e-own-desk.ts';

/** A wallet that the desk made, to its holder: who chose its passphrase does not get the keystore. */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const CUSTODIAN = 'Practice custodian';
const WHOSE = { name: 'Wim de Groot' } as const;

const looks = new AccessibilityFaults();
let desk: DeskRun;
let page: Page;

shareDesk((shared) => ({ desk, page } = shared));

const wallets = (): readonly string[] => readdirSync(path.join(practiceRecordsFolder(desk.data), 'wallets'));
const section = () => step(page, 'summary').getByRole('region', { name: 'Hand-over' });
const half = (name: string) => section().getByRole('group', { name, exact: true });

test('is recovered to, with a passphrase that the operator chose', async () => {
  await toPreview(page, WHOSE);
  await toPlanByNewWallet(desk, page);
  await typeConfirmation(await toEntry(desk, page));
  await expect(step(page, 'summary')).toBeVisible({ timeout: 60_000 });
});

test('stands in the summary with its checklist, and its keystore is not for who chose the passphrase', async () => {
  await expect(half('Keystore')).toContainText(
    'You chose the passphrase, so another operator takes the keystore.',
  );
  await expect(half('Keystore').getByRole('button')).toHaveCount(0);
  for (const words of Object.values(HAND_OVER_CHECKS)) await expect(section()).toContainText(words);
  await expect(section().getByRole('button', { name: 'Mark the hand-over done…' })).toBeDisabled();
  await looks.look(desk, page, 'hand-over');
});

test('another operator takes the keystore, who proves to be there', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await signInAs(desk, page, CUSTODIAN, PRACTICE_PASSPHRASE);
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await page.getByRole('row', { name: WHOSE.name }).click();
  await half('Keystore').getByRole('button', { name: 'Take the keystore…' }).click();
  const entry = await desk.entry();
  await looks.look(desk, entry, 'taking the keystore');
  await proofField(entry).fill(PRACTICE_PASSPHRASE);
  await endForm(entry);
  const dialog = await desk.dialog();
  const closed = dialog.waitForEvent('close');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await closed;

  await expect(half('Keystore')).toContainText(CUSTODIAN);
  const saved = readdirSync(desk.folder).find((name) => name.startsWith('UTC--')) ?? '';
  const opened = await keystoreCodec.open(
    readFileSync(path.join(desk.folder, saved), 'utf8'),
    Buffer.from(NEW_PASSPHRASE),
  );
  await expect(step(page, 'summary')).toContainText(opened.address);
});

test('marked done with everything ticked, it is nowhere on the desk any more', async () => {
  await section().getByRole('button', { name: 'Mark the hand-over done…' }).click();
  const entry = await desk.entry();
  await looks.look(desk, entry, 'the checklist');
  for (const words of Object.values(HAND_OVER_CHECKS)) await entry.getByLabel(words).check();
  await proofField(entry).fill(PRACTICE_PASSPHRASE);
  await endForm(entry);

  await expect(section()).toContainText('Done: the desk keeps neither half');
  await expect(step(page, 'summary').locator('[data-code="HAND_OVER_WALLET"]')).toHaveCount(0);
  expect(wallets()).toEqual([]);
});

test('breaks no rule of accessibility on its way, in light or dark', () => {
  expect(looks.result).toEqual({
    looked: ['hand-over', 'taking the keystore', 'the checklist'],
    faults: [],
  });
});
