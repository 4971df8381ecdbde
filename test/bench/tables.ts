/**
 * Scrolling and sorting the longest tables of the real desk: ten thousand people of a participants file, and a preview of
 * a thousand tokens in the review. The same page with an empty table shows what the machine does to frames meanwhile.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { packPreview } from '../../electron/review/preview-package.ts';
import type { DeskBridge } from '../../shared/desk-bridge.ts';
import { withoutKeychain } from '../support/desk-policy.ts';
import { DeskRun } from '../support/e2e-desk.ts';
import { chooseFile } from '../support/e2e-hands.ts';
import { setUpFromKeystore, signInAs } from '../support/e2e-operators.ts';
import { samplePreview } from '../support/fake-desk-data.ts';
import { median, ms, plain, ROUNDS } from './figures.ts';
import type { Part } from './figures.ts';
import { framesOf } from './frames.ts';
import type { Frames } from './frames.ts';
import type { People } from './people.ts';
import { searchesFor, searchInput } from './search.ts';

const MOST_MS = 50;
/** Above it the page waited for the processor, and the clock says nothing of the page. */
const MOST_HELD = 1.15;
const OPERATOR = 'Ada Lovelace';
const TOKENS = 1000;
const NOBODY = 'nobody is called that';

type Judged = Pick<Part, 'figures' | 'remarks'>;

interface Round {
  readonly people: Frames;
  readonly nobody: Frames;
  readonly tokens: Frames;
  readonly noToken: Frames;
}

async function signIn(desk: DeskRun, page: Page, { operator }: People): Promise<void> {
  await setUpFromKeystore(desk, page, OPERATOR, operator);
  await signInAs(desk, page, OPERATOR);
  await expect(page.getByRole('heading', { name: 'Participants', level: 1 })).toBeVisible();
}

function go(page: Page, title: string): Promise<void> {
  return page.getByRole('navigation').getByRole('button', { name: title }).click();
}

async function showPeople(page: Page, text: string, count: string): Promise<void> {
  await go(page, 'Participants');
  await page.getByRole('searchbox').fill(text);
  await expect(page.getByRole('status').filter({ hasText: `${count} of 10,000 people` })).toBeVisible();
}

async function showTokens(desk: DeskRun, page: Page, file: string): Promise<void> {
  await go(page, 'Review');
  await page.getByRole('button', { name: /^Open a/u }).click();
  await chooseFile(desk, file);
  await expect(page.getByRole('grid', { name: 'Tokens' })).toBeVisible();
}

/** A whole search as the window sees it: asked in the page, answered by main, in milliseconds. */
async function searchedFromPage(page: Page, text: string): Promise<number> {
  const times = await page.evaluate(async (input) => {
    const { desk } = globalThis as unknown as { desk: DeskBridge };
    const measured: number[] = [];
    for (let run = 0; run < 15; run += 1) {
      const started = performance.now();
      await desk.invoke('participants.search', input);
      measured.push(performance.now() - started);
    }
    return measured;
  }, searchInput(text));
  return median(times);
}

function previewFile(folder: string, tokens: number): string {
  const file = path.join(folder, `${String(tokens)}-tokens.json`);
  writeFileSync(file, packPreview(samplePreview(tokens, false)));
  return file;
}

/**
 * By the clock where the page's thread had the processor when it needed it; else by what the thread worked, because the
 * clock then tells of whatever else the machine does.
 */
function judged(name: string, full: readonly Frames[], empty: readonly Frames[]): Judged {
  const clock = median(full.map((one) => one.longest));
  const work = median(full.map((one) => one.busiest));
  const held = median([...full, ...empty].map((one) => one.held));
  const byClock = clock <= MOST_MS || held <= MOST_HELD;
  const bound = `at most ${String(MOST_MS)} ms`;
  const word = (judges: boolean, value: number) =>
    judges ? { bound, met: value <= MOST_MS } : { bound: null, met: null };
  return {
    figures: [
      { name: `${name}: longest frame`, value: ms(clock), ...word(byClock, clock) },
      plain(
        'longest frame of the same page with an empty table',
        ms(median(empty.map((one) => one.longest))),
      ),
      { name: 'most work of the page for one frame', value: ms(work), ...word(!byClock, work) },
    ],
    remarks: byClock
      ? []
      : [
          `${name}: judged by the work of the page's own thread. By the clock its tasks took ${held.toFixed(2)} times as long as they worked: the machine was busy with other things.`,
        ],
  };
}

export async function benchTables(folder: string, people: People): Promise<Part> {
  const [tokens, noToken] = [previewFile(folder, TOKENS), previewFile(folder, 0)];
  const data = people.dataFolder('scrolled');
  withoutKeychain(data);
  const desk = new DeskRun({ data });
  try {
    const page = await desk.page();
    await signIn(desk, page, people);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await showPeople(page, '', '10,000');
      const full = await framesOf(page, 'Participants');
      await showPeople(page, NOBODY, '0');
      const nobody = await framesOf(page, 'Participants');
      await showTokens(desk, page, tokens);
      const many = await framesOf(page, 'Tokens');
      await go(page, 'Participants');
      await showTokens(desk, page, noToken);
      rounds.push({ people: full, nobody, tokens: many, noToken: await framesOf(page, 'Tokens') });
    }
    const asked: Record<string, number> = {};
    for (const [search, text] of Object.entries(searchesFor(people))) {
      asked[search] = await searchedFromPage(page, text);
    }
    const tables = [
      judged(
        '10,000 people',
        rounds.map((one) => one.people),
        rounds.map((one) => one.nobody),
      ),
      judged(
        '1,000 tokens',
        rounds.map((one) => one.tokens),
        rounds.map((one) => one.noToken),
      ),
    ];
    return {
      name: 'Scrolling and sorting',
      figures: [
        ...tables.flatMap((one) => one.figures),
        plain('a search asked by the page, the slowest', ms(Math.max(...Object.values(asked)))),
      ],
      remarks: tables.flatMap((one) => one.remarks),
      measured: { rounds, searchedFromPage: asked },
    };
  } finally {
    await desk.stop();
    rmSync(desk.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
