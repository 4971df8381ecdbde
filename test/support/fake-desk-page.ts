/**
 * Draws every screen of the built window in a headless Chromium, under the desk's own content policy and with the
 * double of the desk in place of main, and writes a picture of each in light and dark.
 *
 *   node test/support/fake-desk-page.ts <folder for the pictures> [part of a shot's name] [--no-build] [--no-axe]
 *
 * Prints what the page's policy refused, what axe found, and what went wrong in the page; ends with 1 if there was any.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { setupAppScheme } from '../../electron/shell/app-scheme.ts';
import { DESK_ORIGIN } from '../../electron/shell/origins.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';
import { FakeDesk } from './fake-desk.ts';
import type { SceneName } from './fake-desk-scenes.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BUILT = path.join(ROOT, 'out/renderer');
const ORIGIN = 'https://desk.invalid';
interface Shot {
  readonly name: string;
  readonly scene: SceneName;
  /** Leads from the first screen of the scene to the one that is meant. */
  readonly lead?: (page: Page) => Promise<void>;
}

const nav = (title: string) => async (page: Page) =>
  await page.getByRole('navigation').getByRole('button', { name: title }).click();

const scrolledTo = async (page: Page, name: string | RegExp): Promise<void> =>
  await page
    .getByRole('heading', { name, exact: true })
    .first()
    .evaluate((one) => one.scrollIntoView());

const SHOTS: readonly Shot[] = [
  { name: 'start', scene: 'start' },
  { name: 'start-networks', scene: 'start-networks' },
  { name: 'start-failed', scene: 'failed' },
  { name: 'sign-in', scene: 'signed-out' },
  { name: 'sign-in-team', scene: 'signed-out-team' },
  {
    name: 'sign-in-waiting',
    scene: 'signing-in',
    lead: async (page) => {
      await page.getByRole('button', { name: 'Sign in as A. Okonkwo' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.getByText('Enter your passphrase in the small window').waitFor();
    },
  },
  {
    name: 'sign-in-refused',
    scene: 'sign-in-refused',
    lead: async (page) => {
      await page.getByRole('button', { name: 'Sign in as L. Brandt' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'set-up-first', scene: 'first-run' },
  {
    name: 'set-up-problems',
    scene: 'signed-out',
    lead: async (page) => {
      await page.getByRole('button', { name: 'Set up an operator' }).click();
      await page.getByLabel('Name').fill('r. amstutz');
      await page.getByRole('radio', { name: 'In a Safe or custody platform' }).check();
      await page.getByLabel('Address').fill('0x1234');
      await page.getByRole('button', { name: 'Set up', exact: true }).click();
      await page.getByText('has this name already').waitFor();
    },
  },
  {
    name: 'set-up-remote',
    scene: 'first-run-passphrase-alone',
    lead: async (page) => await page.getByRole('radio', { name: 'In a remote signer' }).check(),
  },
  {
    name: 'set-up-no-keychain',
    scene: 'first-run-no-keychain',
    lead: async (page) => {
      await page.getByLabel('Name').fill('R. Amstutz');
      await page.getByRole('radio', { name: 'On this machine' }).check();
      await page.getByRole('radio', { name: 'A new key made here' }).check();
      await page.getByRole('button', { name: 'Set up', exact: true }).click();
    },
  },
  {
    name: 'set-up-waiting',
    scene: 'setting-up',
    lead: async (page) => {
      await page.getByLabel('Name').fill('L. Brandt');
      await page.getByRole('radio', { name: 'In a Ledger' }).check();
      await page.getByRole('button', { name: 'Set up', exact: true }).click();
      await page.getByText('Go on in the small window').waitFor();
    },
  },
  { name: 'lock-hidden', scene: 'hidden' },
  {
    name: 'lock-by-hand',
    scene: 'signed-in',
    lead: async (page) => {
      await page.getByText('10,000 of 10,000 people').waitFor();
      await page.keyboard.press('Control+l');
      await page.getByRole('heading', { name: 'The desk is locked' }).waitFor();
    },
  },
  {
    name: 'lock-recovery',
    scene: 'locked-recovery',
    lead: async (page) => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('alert').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Enter your passphrase in the small window').waitFor();
    },
  },
  {
    name: 'lock-refused',
    scene: 'signed-in-custodian',
    lead: async (page) => {
      await page.getByRole('button', { name: 'Lock' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'participants', scene: 'signed-in' },
  {
    name: 'participants-search',
    scene: 'signed-in',
    lead: async (page) => {
      await page.getByText('10,000 of 10,000 people').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('tanaka');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'participants-none-found',
    scene: 'signed-in',
    lead: async (page) => await page.getByRole('searchbox').fill('zzz'),
  },
  { name: 'participants-nobody', scene: 'nobody-known' },
  { name: 'participants-error', scene: 'unreachable' },
  { name: 'practice', scene: 'practice' },
  {
    name: 'participant',
    scene: 'signed-in',
    lead: async (page) => {
      await page.getByRole('searchbox').fill('maren holt');
      await page.getByText('Maren Holt').first().click();
      await page.getByRole('button', { name: 'Recover identity' }).waitFor();
    },
  },
  {
    name: 'participant-no-wallet',
    scene: 'signed-in',
    lead: async (page) => {
      await page.getByRole('button', { name: 'No wallet' }).click();
      await page.getByText('10,000 people').waitFor();
      await page.getByRole('row').nth(1).click();
      await page.getByText('A recovery cannot be begun now').waitFor();
    },
  },
  { name: 'history', scene: 'signed-in', lead: nav('History') },
  { name: 'history-empty', scene: 'nobody-known', lead: nav('History') },
  { name: 'history-error', scene: 'unreachable', lead: nav('History') },
  { name: 'review', scene: 'start', lead: nav('Review') },
  {
    name: 'review-opened',
    scene: 'start',
    lead: async (page) => {
      await nav('Review')(page);
      await page.getByRole('button', { name: 'Open a preview file' }).click();
      await page.getByText('The file is whole').waitFor();
    },
  },
  {
    name: 'review-altered',
    scene: 'unreachable',
    lead: async (page) => {
      await nav('Review')(page);
      await page.getByRole('button', { name: 'Open a preview file' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'settings',
    scene: 'signed-in',
    lead: async (page) => {
      await nav('Settings')(page);
      await page.getByRole('button', { name: 'Check Aldgate' }).click();
      await page.getByText('The network answers').waitFor();
    },
  },
  {
    name: 'settings-you',
    scene: 'signed-in',
    lead: async (page) => {
      await nav('Settings')(page);
      await page.getByRole('button', { name: 'Read them from the chain' }).click();
      await page.getByText('Of 11 of 12 tokens').waitFor();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('button', { name: 'Save the key' }).click();
      await page.getByText('Saved as').waitFor();
    },
  },
  {
    name: 'settings-you-errors',
    scene: 'signed-in-custodian',
    lead: async (page) => {
      await nav('Settings')(page);
      await page.getByRole('button', { name: 'Read them from the chain' }).click();
      await page.getByRole('button', { name: 'Set up one-time codes' }).click();
      await page.getByRole('alert').nth(1).waitFor();
    },
  },
  { name: 'settings-empty', scene: 'start', lead: nav('Settings') },
  { name: 'wizard-case', scene: 'case' },
  {
    name: 'wizard-case-split',
    scene: 'case-split',
    lead: async (page) => await page.getByRole('radio', { name: 'L. Brandt' }).check(),
  },
  { name: 'wizard-preview', scene: 'preview' },
  { name: 'wizard-preview-many', scene: 'preview-many' },
  {
    name: 'wizard-preview-split',
    scene: 'preview-split',
    lead: async (page) =>
      await page.getByRole('heading', { name: 'Who signs' }).evaluate((one) => one.scrollIntoView()),
  },
  { name: 'wizard-preview-blocked', scene: 'preview-blocked' },
  { name: 'wizard-impact', scene: 'impact' },
  { name: 'wizard-impact-planned', scene: 'impact-planned' },
  {
    name: 'wizard-impact-split',
    scene: 'impact-split',
    lead: async (page) =>
      await page.getByRole('cell', { name: 'The custodian of the case' }).scrollIntoViewIfNeeded(),
  },
  { name: 'wizard-confirm', scene: 'confirm' },
  { name: 'wizard-progress', scene: 'progress' },
  { name: 'wizard-progress-practice', scene: 'progress-practice' },
  { name: 'wizard-progress-waiting', scene: 'progress-waiting' },
  { name: 'wizard-progress-split', scene: 'progress-split' },
  { name: 'wizard-progress-waiting-other', scene: 'progress-waiting-other' },
  { name: 'wizard-progress-waiting-you', scene: 'progress-waiting-you' },
  {
    name: 'wizard-progress-waiting-signatures',
    scene: 'progress-waiting-signatures',
    lead: async (page) => {
      await page.getByRole('button', { name: 'As a Safe batch' }).click();
      await page.getByText('Saved as').waitFor();
    },
  },
  { name: 'wizard-progress-was-locked', scene: 'progress-was-locked' },
  { name: 'wizard-progress-unreachable', scene: 'progress-unreachable' },
  { name: 'wizard-summary', scene: 'summary' },
  {
    name: 'wallets-preview',
    scene: 'preview-wallets',
    lead: async (page) => {
      await page.getByRole('radio', { name: 'Lost too' }).first().check();
      await scrolledTo(page, 'Other wallets of this person');
    },
  },
  { name: 'wallets-preview-top', scene: 'preview-wallets' },
  {
    name: 'wallets-preview-said',
    scene: 'preview-wallets-said',
    lead: async (page) => await scrolledTo(page, /^Lost wallet 0x/u),
  },
  {
    name: 'wallets-preview-rights',
    scene: 'preview-wallets-said',
    lead: async (page) => await scrolledTo(page, 'Rights of lost wallets'),
  },
  { name: 'wallets-preview-many', scene: 'preview-wallets-many' },
  { name: 'wallets-impact', scene: 'impact-wallets' },
  {
    name: 'wallets-impact-form',
    scene: 'impact-wallets',
    lead: async (page) => await scrolledTo(page, 'Replacement wallets'),
  },
  {
    name: 'wallets-impact-planned',
    scene: 'impact-wallets-planned',
    lead: async (page) => await scrolledTo(page, 'Plan'),
  },
  { name: 'wallets-confirm', scene: 'confirm-wallets' },
  { name: 'wallets-progress', scene: 'progress-wallets' },
  { name: 'wallets-summary', scene: 'summary-wallets' },
];

/** Serves the built window as main does. */
function serving(): (request: Request) => Response | Promise<Response> {
  let found: ReturnType<typeof serving> | undefined;
  setupAppScheme({ protocol: { handle: (_scheme, handler) => void (found = handler) } }, BUILT);
  if (found === undefined) throw new Error('nothing serves the window');
  return found;
}

/** Opens the built window on a scene; `problems` gathers what its policy refused and what failed in it. */
async function openScene(browser: Browser, scene: SceneName, problems: string[]): Promise<Page> {
  const serve = serving();
  const context = await browser.newContext({
    viewport: { width: 1360, height: 880 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`error in the page: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await serve({ url: `${DESK_ORIGIN}${pathname}`, method: 'GET' } as Request);
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(
        // The browser warns of features that it does not know, which would count as a problem of the page.
        [...response.headers].filter(([name]) => name !== 'permissions-policy'),
      ),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
  const desk = new FakeDesk(scene, (name, payload) => {
    void page.evaluate(
      ([event, told]) => globalThis.dispatchEvent(new CustomEvent(event, { detail: told })),
      [`fake ${name}`, payload] as const,
    );
  });
  await page.exposeFunction('fakeDeskAnswer', (name: ProcedureName, input: unknown) =>
    desk.answer(name, input),
  );
  await page.addInitScript(`
    window.desk = Object.freeze({
      invoke: (name, input) => window.fakeDeskAnswer(name, input),
      on: (name, listener) => {
        const heard = (event) => listener(event.detail);
        window.addEventListener('fake ' + name, heard);
        return () => window.removeEventListener('fake ' + name, heard);
      },
    });
  `);
  await page.goto(`${ORIGIN}/`);
  return page;
}

async function main(): Promise<number> {
  const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const [folder = path.join(ROOT, 'out/screens'), part = ''] = words;
  await mkdir(folder, { recursive: true });
  if (!process.argv.includes('--no-build')) buildRenderer();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
  let found = 0;
  try {
    for (const shot of SHOTS.filter(({ name }) => name.includes(part))) {
      const problems = await take(browser, shot, folder);
      for (const problem of problems) process.stdout.write(`${shot.name}: ${problem}\n`);
      found += problems.length;
    }
  } finally {
    await browser.close();
  }
  process.stdout.write(`${String(found)} problems\n`);
  return found === 0 ? 0 : 1;
}

async function take(browser: Browser, shot: Shot, folder: string): Promise<readonly string[]> {
  const problems: string[] = [];
  const page = await openScene(browser, shot.scene, problems);
  try {
    await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
    await shot.lead?.(page);
  } catch (error) {
    problems.push(`cannot be shown: ${String(error)}`);
  }
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(250);
    await page.screenshot({ path: path.join(folder, `${shot.name}-${scheme}.png`), timeout: 120_000 });
    if (process.argv.includes('--no-axe')) continue;
    problems.push(...(await violations(page)).map((violation) => `${scheme}: ${violation}`));
  }
  await page.context().close();
  return problems;
}

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(
    ({ id, nodes }) =>
      `axe ${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
  );
}

function buildRenderer(): void {
  const tool = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [tool, 'build', '--config', path.join(ROOT, 'test/support/fake-desk-vite.ts')],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the window could not be built:\n${stdout}\n${stderr}`);
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main();
