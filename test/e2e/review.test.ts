import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { digestOf } from '../../shared/canonical.ts';
import { type DeskRun, ONLY_CHROMIUM, RUNTIME } from '../support/e2e-desk.ts';
import { pressToClose, saveFile, step, toPreview } from '../support/e2e-hands.ts';
import { expect, test } from '../support/e2e-test.ts';

test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);
test.describe.configure({ mode: 'serial' });

const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-e2e-review-'));
const good = path.join(folder, 'preview.json');
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Chooses a file in the dialog of the browser runtime. */
async function openFile(desk: DeskRun, page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: /^Open (?:a preview|another) file$/u }).click();
  const dialog = await desk.dialog();
  await dialog.locator('input[type=file]').setInputFiles(file);
  await pressToClose(dialog, () => dialog.getByRole('button', { name: 'Open' }).click());
}

test('a preview is saved under a name that a dialog told', async ({ desk, window }) => {
  await toPreview(window, { name: 'Luca Ferri', reason: /somebody else may have the key/iu });
  await window.getByRole('button', { name: 'Save for review…' }).click();
  const saved = await saveFile(desk);
  await expect(window.getByText(/preview-0x[0-9a-fA-F]+-\d+\.json/u)).toBeVisible();
  writeFileSync(good, readFileSync(saved));
  await window.getByRole('button', { name: 'Leave without recovering' }).click();
  await expect(step(window, 'preview')).toBeHidden();
});

test('a file that is whole is shown, with the digest that it holds to', async ({ desk, window }) => {
  await openFile(desk, window, good);
  const { digest } = JSON.parse(readFileSync(good, 'utf8')) as { digest: string };
  await expect(window.getByText('The file is whole: its content matches its digest.')).toBeVisible();
  await expect(window.getByText(digest).first()).toBeVisible();
  await expect(window.getByText('Luca Ferri').first()).toBeVisible();
});

test('a dialog that is cancelled leaves what is shown', async ({ desk, window }) => {
  await window.getByRole('button', { name: 'Open another file' }).click();
  const dialog = await desk.dialog();
  await pressToClose(dialog, () => dialog.getByRole('button', { name: 'Cancel' }).click());
  await expect(window.getByText('The file is whole: its content matches its digest.')).toBeVisible();
});

const text = (): { preview: Record<string, unknown>; digest: string } =>
  JSON.parse(readFileSync(good, 'utf8')) as never;

for (const [what, code, make] of [
  [
    'that was altered',
    'PREVIEW_ALTERED',
    () =>
      JSON.stringify({ ...text(), preview: { ...text().preview, createdAt: '2020-01-01T00:00:00.000Z' } }),
  ],
  [
    'of another version',
    'PREVIEW_INVALID',
    () => {
      const preview = { ...text().preview, version: 999 };
      return JSON.stringify({ preview, digest: digestOf(preview) });
    },
  ],
  ['that is no preview', 'PREVIEW_INVALID', () => '{"hello": "world"}'],
  ['that is no JSON', 'PREVIEW_INVALID', () => 'hello'],
  ['that is huge', 'PREVIEW_INVALID', () => null],
] as const) {
  test(`of a file ${what} nothing is shown but ${code}, and what to do`, async ({ desk, window }) => {
    const file = path.join(folder, `${what.replaceAll(' ', '-')}.json`);
    const content = make();
    writeFileSync(file, content ?? '');
    // Of a file with a hole nothing needs to be on the disk.
    if (content === null) truncateSync(file, 3 * 2 ** 30);
    await openFile(desk, window, file);
    const refusal = window.locator(`[role=alert][data-code="${code}"]`);
    await expect(refusal).toBeVisible();
    await expect(refusal).toContainText(/Ask whoever/u);
    await expect(window.getByText('The file is whole')).toHaveCount(0);
    await window.getByRole('button', { name: 'Participants', exact: true }).click();
  });
}
