/**
 * Launch of the desk against launch of an empty page in the same runtime: from the start of the process to the paint of
 * the first view, by the page's own clock. The desk draws its first view only once main has answered. The empty page
 * holds one dot, so that there is a paint of it to be told. Both are left alone until they are drawn, and asked then:
 * whoever drives a page has it write down where each error of its scripts is made, which only a page with scripts pays for.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { childEnvironment } from '../../resources/scripts/child.mjs';
import { commandLine } from '../../resources/scripts/start.mjs';
import { DESK_ORIGIN, DeskRun, RUNTIME, waitFor } from '../support/e2e-desk.ts';
import { projectRoot } from '../support/tree.ts';
import { median, ms, plain, ratio, ROUNDS } from './figures.ts';
import type { Part } from './figures.ts';

const MOST = 1.3;
/** Several times what a launch takes. */
const ALONE_MS = 3_000;
const EMPTY = path.join(import.meta.dirname, 'empty-main.mjs');

/** One launch, in milliseconds from the start of the process. */
interface Launch {
  /** When the window began to load its page. */
  readonly loading: number;
  /** When the document had come from main. */
  readonly document: number;
  /** When its scripts had run once. */
  readonly ran: number;
  /** When the largest thing on the page was painted. */
  readonly painted: number;
}

async function launchOf(page: Page, started: number): Promise<Launch> {
  const { loading, ...stages } = await page.evaluate(
    () =>
      new Promise<Launch>((resolve) => {
        new PerformanceObserver((list) => {
          const painted = list.getEntries().at(-1)?.startTime;
          const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
          if (painted === undefined || navigation === undefined) return;
          const { responseEnd: document, domContentLoadedEventEnd: ran } = navigation;
          resolve({ loading: performance.timeOrigin, document, ran, painted });
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  const begun = loading - started;
  return {
    loading: begun,
    document: begun + stages.document,
    ran: begun + stages.ran,
    painted: begun + stages.painted,
  };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** @param data a folder that the desk has used before. */
async function launchDesk(data: string): Promise<Launch> {
  const started = now();
  const desk = new DeskRun({ data });
  try {
    await delay(ALONE_MS);
    const page = await desk.page();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const launch = await launchOf(page, started);
    await desk.get('desk.state', {});
    return launch;
  } finally {
    await desk.stop();
    rmSync(desk.folder, { recursive: true, force: true });
  }
}

async function launchEmpty(): Promise<Launch> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-empty-'));
  const portFile = path.join(folder, 'port');
  // The command line of the desk, with another main.
  const { command, args } = commandLine(projectRoot, RUNTIME, undefined, []);
  let stderr = '';
  const started = now();
  const child = spawn(command, [...args.slice(0, -1), EMPTY], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...childEnvironment(process.execPath),
      HOME: folder,
      EMPTY_USER_DATA: path.join(folder, 'data'),
      RECOVERY_DESK_HEADLESS: '1',
      RECOVERY_DESK_TEST_PORT_FILE: portFile,
    },
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  try {
    const address = await waitFor(
      'the address to drive the empty page by',
      () => (existsSync(portFile) ? readFileSync(portFile, 'utf8').trim() : undefined),
      () => stderr,
    );
    await delay(ALONE_MS);
    const browser = await chromium.connectOverCDP(address, { noDefaults: true });
    const pages = (): Page[] => browser.contexts().flatMap((one) => one.pages());
    const page = await waitFor('the empty page', () =>
      pages().find((one) => one.url().startsWith(`${DESK_ORIGIN}/`)),
    );
    const launch = await launchOf(page, started);
    await browser.close();
    return launch;
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The stages of a launch, each the median of all rounds. */
function stagesOf(launches: readonly Launch[]): string {
  const at = (stage: keyof Launch): string => median(launches.map((one) => one[stage])).toFixed(0);
  return `${at('loading')}, ${at('document')}, ${at('ran')} ms`;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = delay(10_000, 'late' as const, { ref: false });
  if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
  await ended;
}

export async function benchLaunch(folder: string): Promise<Part> {
  const data = path.join(folder, 'launched');
  // The first launches read programs from the disk and lay the data folder out.
  await launchDesk(data);
  await launchEmpty();
  const rounds: { desk: Launch; empty: Launch }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // In turn, and each first in turn: what else the machine does then bears on both.
    if (round % 2 === 0) {
      const desk = await launchDesk(data);
      rounds.push({ desk, empty: await launchEmpty() });
    } else {
      const empty = await launchEmpty();
      rounds.push({ desk: await launchDesk(data), empty });
    }
  }
  const desk = median(rounds.map((one) => one.desk.painted));
  const empty = median(rounds.map((one) => one.empty.painted));
  return {
    name: 'Launch to interactive',
    figures: [
      plain('the desk', ms(desk)),
      plain('  its page asked for, there, run', stagesOf(rounds.map((one) => one.desk))),
      plain('an empty page in the same runtime', ms(empty)),
      plain('  its page asked for, there, run', stagesOf(rounds.map((one) => one.empty))),
      ratio('the desk over the empty page', desk / empty, MOST),
    ],
    remarks: [],
    measured: {
      rounds,
      ratioOfEachRound: rounds.map((one) => one.desk.painted / one.empty.painted),
    },
  };
}
