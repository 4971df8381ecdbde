/** Goes through the desk on the practice network, and writes every screen in light and dark. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { DeskRun, RUNTIME } from './e2e-desk.ts';
import {
  chooseFile,
  closeSummary,
  enterCase,
  openPerson,
  openPractice,
  sayOfWallets,
  step,
  toEntry,
  toPlan,
  toPreview,
  typeConfirmation,
} from './e2e-hands.ts';
import { showTheme, THEMES } from './e2e-looks.ts';
import { toPlanByNewWallet } from './e2e-operators.ts';
import { goOnMining, holdMining, practiceUrl } from './e2e-practice.ts';
import { projectRoot } from './tree.ts';

const FOLDER = path.join(projectRoot, 'resources', 'docs', 'screenshots');
const WHOSE = { name: 'Maren Holt', hold: 'HOLD-9' } as const;

mkdirSync(FOLDER, { recursive: true });
const desk = new DeskRun();
try {
  await goThrough(await desk.page());
} finally {
  await desk.stop();
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const theme of THEMES) {
    await showTheme(desk, page, theme);
    await page.screenshot({ path: path.join(FOLDER, `${name}-${theme}.png`), caret: 'initial' });
  }
  process.stderr.write(`${name}\n`);
}

async function resize(page: Page, width: number, height: number): Promise<void> {
  if (RUNTIME === 'chromium') await page.setViewportSize({ width, height });
}

async function goThrough(page: Page): Promise<void> {
  await resize(page, 1280, 800);
  await shoot(page, 'start');
  await openPractice(page);
  await expect(page.getByRole('row', { name: WHOSE.name })).toBeVisible();
  await shoot(page, 'participants');

  await toPreview(page, { name: 'Petra Lindqvist' });
  await shoot(page, 'preview-blocked');
  await page.getByRole('button', { name: 'Leave without recovering' }).click();

  await openPerson(page, WHOSE.name);
  await expect(page.getByRole('button', { name: 'Recover identity' })).toBeVisible();
  await shoot(page, 'participant');
  await page.getByRole('button', { name: 'Recover identity' }).click();
  await expect(step(page, 'case')).toBeVisible();
  await shoot(page, 'case');
  await enterCase(page);
  await shoot(page, 'preview');
  await toPlan(page, WHOSE);
  await page.locator('#main').evaluate((main) => main.scrollTo({ top: 0 }));
  await shoot(page, 'impact');
  await holdMining(practiceUrl(desk.data));
  const entry = await toEntry(desk, page);
  await resize(entry, 740, 880);
  await shoot(entry, 'confirm');
  await typeConfirmation(entry);
  await expect(step(page, 'progress').locator('[data-status="running"]').first()).toBeVisible();
  await shoot(page, 'progress');
  await goOnMining(practiceUrl(desk.data));
  await expect(step(page, 'summary')).toBeVisible({ timeout: 60_000 });
  await shoot(page, 'summary-partial');
  await shootClaims(page);
  await closeSummary(page);
  await shootHandOver(page);
  await closeSummary(page);
  await shootWallets(page);
  await closeSummary(page);
  await shootPeople(page);
  for (const view of ['History', 'Review', 'Settings']) {
    await page.getByRole('button', { name: view, exact: true }).click();
    await expect(page.getByRole('heading', { name: view, level: 1 })).toBeVisible();
    await shoot(page, view.toLowerCase());
  }
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'The desk is locked' })).toBeVisible();
  await shoot(page, 'locked');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
  await shoot(page, 'sign-in');
  await page.getByRole('button', { name: 'Set up an operator' }).click();
  await expect(page.getByRole('heading', { name: 'Set up an operator', level: 1 })).toBeVisible();
  await shoot(page, 'set-up');
}

async function shootClaims(page: Page): Promise<void> {
  const summary = step(page, 'summary');
  await summary.getByRole('button', { name: 'Recheck', exact: true }).click();
  await expect(summary.getByRole('table').last()).toBeVisible();
  await summary.getByRole('region', { name: 'Claims' }).evaluate((claims) => claims.scrollIntoView());
  await shoot(page, 'claims');
}

async function shootHandOver(page: Page): Promise<void> {
  await toPreview(page, { name: 'Wim de Groot' });
  await toPlanByNewWallet(desk, page);
  await typeConfirmation(await toEntry(desk, page));
  const section = step(page, 'summary').getByRole('region', { name: 'Hand-over' });
  await expect(section).toBeVisible({ timeout: 60_000 });
  await section.evaluate((handOver) => handOver.scrollIntoView());
  await shoot(page, 'hand-over');
}

/** A person with several wallets: two lost, one in use. */
async function shootWallets(page: Page): Promise<void> {
  await toPreview(page, { name: 'Freya Lindholm' });
  const others = page.getByRole('region', { name: 'Other wallets of this person' });
  await others.evaluate((section) => section.scrollIntoView());
  await shoot(page, 'wallets-undecided');
  await sayOfWallets(page);
  await page
    .getByRole('region', { name: /^Lost wallet/u })
    .first()
    .evaluate((section) => section.scrollIntoView());
  await shoot(page, 'wallets-preview');
  await toPlan(page, {});
  await page.locator('#main').evaluate((main) => main.scrollTo({ top: 0 }));
  await shoot(page, 'wallets-impact');
  const entry = await toEntry(desk, page);
  await resize(entry, 740, 1060);
  await shoot(entry, 'wallets-confirm');
  await typeConfirmation(entry);
  await expect(step(page, 'summary')).toBeVisible({ timeout: 60_000 });
  await shoot(page, 'wallets-summary');
}

async function shootPeople(page: Page): Promise<void> {
  const file = path.join(desk.folder, 'people.csv');
  writeFileSync(
    file,
    `id,name,wallets\nada-new,Ada New,0x${'ad'.repeat(20)}\nbruno-alves,Bruno Alvarez,0x${'be'.repeat(20)}\n`,
  );
  await page.getByRole('button', { name: 'Participants', exact: true }).click();
  await page.getByRole('button', { name: 'Import people' }).click();
  await chooseFile(desk, file);
  await expect(page.getByText('Line 2: Ada New')).toBeVisible();
  await shoot(page, 'import');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await openPerson(page, 'Jonas Weir');
  const edit = page.getByRole('button', { name: 'Edit name and wallets' });
  await edit.click();
  await page
    .getByRole('textbox', { name: 'Name' })
    .evaluate((name) => name.scrollIntoView({ block: 'center' }));
  await shoot(page, 'edit');
}
