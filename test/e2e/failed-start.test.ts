import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openRecords } from '../../electron/records.ts';
import { DeskRun, ONLY_CHROMIUM, RUNTIME } from '../support/e2e-desk.ts';
import { pressToClose } from '../support/e2e-hands.ts';

/** Starts that lead to no desk: who starts it by its icon has no terminal to read why. */
test.skip(RUNTIME !== 'chromium', ONLY_CHROMIUM);

const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-e2e-failed-start-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function dataFolder(name: string): string {
  const data = path.join(folder, name);
  mkdirSync(data, { mode: 0o700 });
  return data;
}

test('a desk whose data another program holds says so in a window, and ends once that is closed', async () => {
  const data = dataFolder('held');
  const holder = openRecords(data);
  const desk = new DeskRun({ data });
  try {
    const said = await desk.dialog();
    await expect(said.getByText('Recovery Desk cannot start')).toBeVisible();
    await expect(said.getByText('works with the data folder')).toBeVisible();
    expect(desk.child.exitCode).toBeNull();
    // In the terminal once.
    expect(desk.stderr.match(/works with the data folder/gu)).toHaveLength(1);
    expect(desk.stderr).toContain('(DATA_FOLDER_IN_USE)');
    await pressToClose(said, () => said.getByRole('button', { name: 'OK' }).press('Enter'));
    expect(await desk.ended).toBe(1);
  } finally {
    await desk.stop();
    holder.close();
  }
});

test('while that is shown, the desk can be started anew', async () => {
  const data = dataFolder('freed');
  const holder = openRecords(data);
  const failed = new DeskRun({ data });
  try {
    await expect((await failed.dialog()).getByText('Recovery Desk cannot start')).toBeVisible();
    holder.close();
    const next = new DeskRun({ data });
    try {
      await expect((await next.page()).getByRole('heading', { level: 1 })).toBeVisible();
    } finally {
      await next.stop();
    }
  } finally {
    await failed.stop();
    holder.close();
  }
});

test('asked to end meanwhile, it ends as a failure', async () => {
  const data = dataFolder('corrupt');
  writeFileSync(path.join(data, 'desk.sqlite'), 'no database');
  const desk = new DeskRun({ data });
  try {
    await expect((await desk.dialog()).getByText('Recovery Desk cannot start')).toBeVisible();
    desk.child.kill('SIGTERM');
    expect(await desk.ended).toBe(1);
    expect(desk.stderr).toContain('DATABASE_CORRUPT');
    expect(desk.stderr).not.toContain('BROWSER_LOST');
  } finally {
    await desk.stop();
  }
});

test('a desk without a display leaves nothing open behind it', async () => {
  test.skip(process.platform !== 'linux', 'Elsewhere there is always a display.');
  const data = dataFolder('undrawn');
  const nowhere = { RECOVERY_DESK_HEADLESS: '0', DISPLAY: '', WAYLAND_DISPLAY: '' };
  const desk = new DeskRun({ data, port: false, environment: nowhere });
  try {
    expect(await desk.ended).toBe(1);
    expect(desk.stderr).toContain('NO_DISPLAY');
    const left = readdirSync(data);
    expect(left).toContain('desk.sqlite');
    expect(left.filter((name) => /-wal$|-shm$|\.pid$/u.test(name))).toEqual([]);
  } finally {
    await desk.stop();
  }
});
