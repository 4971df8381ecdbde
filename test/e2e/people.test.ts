/** People are imported and edited in the real window: shown first, and by nobody's script but our own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { PRACTICE_PASSPHRASE } from '../../electron/practice/practice-keys.ts';
import { chooseFile, openPerson, pressToClose, proofField } from '../support/e2e-hands.ts';
import { AccessibilityFaults, watchRefusals } from '../support/e2e-looks.ts';
import { expect, test } from '../support/e2e-test.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-people-'));
const file = path.join(folder, 'people.csv');
const looks = new AccessibilityFaults();

test.describe.configure({ mode: 'serial' });
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Proves in the entry window who is there, and presses its button. */
async function confirmBy(entry: Page, button: string): Promise<void> {
  await proofField(entry).fill(PRACTICE_PASSPHRASE);
  await pressToClose(entry, () => entry.getByRole('button', { name: button }).click());
}

test('people are imported once it was shown what changes, and one of them is edited', async ({
  desk,
  window,
}) => {
  const refusals = await watchRefusals(window);
  await window.getByRole('button', { name: 'Participants', exact: true }).click();

  writeFileSync(file, 'id,name,wallets\nada-new,=Ada New,0x12\n');
  await window.getByRole('button', { name: 'Import people' }).click();
  await chooseFile(desk, file);
  await expect(window.getByText('Line 2: "ada-new"')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await looks.look(desk, window, 'import refused');
  await window.getByRole('button', { name: 'Cancel' }).click();

  writeFileSync(file, `id,name,wallets\nada-new,Ada New,0x${'ad'.repeat(20)}\n`);
  await window.getByRole('button', { name: 'Import people' }).click();
  await chooseFile(desk, file);
  await expect(window.getByText('Line 2: Ada New (ada-new) is new: 1 wallet')).toBeVisible();
  await looks.look(desk, window, 'import');
  await window.getByRole('button', { name: 'Import 1 change' }).click();
  const importing = await desk.entry();
  await expect(importing.getByText('Ada New (ada-new) is new: 1 wallet')).toBeVisible();
  await looks.look(desk, importing, 'import confirmed');
  await confirmBy(importing, 'Import');

  await openPerson(window, 'Ada New');
  await window.getByRole('button', { name: 'Edit name and wallets' }).click();
  await window.getByRole('textbox', { name: 'Name' }).fill('Ada Newer');
  await looks.look(desk, window, 'edit');
  await window.getByRole('button', { name: 'Continue to confirmation' }).click();
  const entry = await desk.entry();
  await expect(entry.getByText('Ada New becomes Ada Newer')).toBeVisible();
  await looks.look(desk, entry, 'edit confirmed');
  // Nothing has changed before it is confirmed there.
  await expect(window.getByRole('heading', { name: 'Ada New', exact: true })).toBeVisible();
  await confirmBy(entry, 'Change it');
  await expect(window.getByRole('heading', { name: 'Ada Newer' })).toBeVisible();

  expect(refusals.seen).toEqual([]);
  expect(looks.result).toEqual({
    looked: ['import refused', 'import', 'import confirmed', 'edit', 'edit confirmed'],
    faults: [],
  });
});
