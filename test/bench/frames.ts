/**
 * Frames of a page: how long each took by the clock, and how long the page's main thread worked for it. The clock also
 * counts what else the machine does; the thread's own time does not.
 */
import type { CDPSession, Page } from '@playwright/test';

export interface Frames {
  readonly count: number;
  /** From one frame to the next, in milliseconds; the longest. */
  readonly longest: number;
  /** What the main thread worked from one frame to the next, in milliseconds of processor time; the most. */
  readonly busiest: number;
  /** How much longer the thread's tasks took by the clock than they worked: 1 where nothing else kept the processor. */
  readonly held: number;
}

const BEGIN = 'bench: begin';
const END = 'bench: end';
const FRAME = 'FireAnimationFrame';
const TASK = 'RunTask';
const CATEGORIES = ['blink.user_timing', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  /** Microseconds by the clock, and of processor time. */
  readonly dur?: number;
  readonly tdur?: number;
}

interface Task {
  readonly ts: number;
  readonly dur: number;
  readonly tdur: number;
}

/** Scrolls the grid's frame and presses its headings, frame by frame. @returns the times of all frames. */
async function scrollAndSort(page: Page, grid: string): Promise<readonly number[]> {
  return page.evaluate(
    async ({ grid, begin, end }) => {
      const table = document.querySelector(`[role="grid"][aria-label="${grid}"]`);
      const scroller = table?.parentElement;
      if (table === null || scroller === null || scroller === undefined) throw new Error(`no table ${grid}`);
      const times: number[] = [];
      const frame = async (): Promise<void> =>
        new Promise((resolve) => {
          requestAnimationFrame((time) => {
            times.push(time);
            resolve();
          });
        });
      const framesFor = async (milliseconds: number): Promise<void> => {
        const until = performance.now() + milliseconds;
        while (performance.now() < until) await frame();
      };
      const scroll = async (steps: number, pixels: number): Promise<void> => {
        for (let step = 0; step < steps; step += 1) {
          scroller.scrollTop += pixels;
          await frame();
        }
      };
      await framesFor(300);
      times.length = 0;
      performance.mark(begin);
      await frame();
      // A wheel, then a page at every frame, then far away, where nothing was drawn or asked for yet.
      await scroll(40, 120);
      await scroll(40, scroller.clientHeight);
      for (const part of [0.3, 0.9, 0.1, 0.6, 1, 0.45, 0]) {
        scroller.scrollTop = part * scroller.scrollHeight;
        await framesFor(150);
      }
      for (const heading of table.querySelectorAll<HTMLElement>('[role="columnheader"] button')) {
        for (const _direction of ['ascending', 'descending']) {
          heading.click();
          await framesFor(250);
        }
      }
      await framesFor(500);
      performance.mark(end);
      return times;
    },
    { grid, begin: BEGIN, end: END },
  );
}

async function traced<T>(
  session: CDPSession,
  run: () => Promise<T>,
): Promise<{ result: T; events: TraceEvent[] }> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: readonly object[] }): void => {
    for (const event of value) events.push(event as TraceEvent);
  };
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  try {
    const result = await run();
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
    await session.send('Tracing.end');
    await complete;
    return { result, events };
  } finally {
    session.off('Tracing.dataCollected', collect);
  }
}

/** What the page's main thread did from the one mark to the other: frames by their time, and tasks, in order. */
function ownWork(events: readonly TraceEvent[]): { frames: readonly number[]; tasks: readonly Task[] } {
  const [begin, end] = [BEGIN, END].map((name) => events.find((event) => event.name === name));
  if (begin === undefined || end === undefined) throw new Error('the trace does not show the page');
  const own = events
    .filter(({ pid, tid, ts }) => pid === begin.pid && tid === begin.tid && ts >= begin.ts && ts <= end.ts)
    .toSorted((one, other) => one.ts - other.ts);
  const frames = own.filter((event) => event.name === FRAME).map((event) => event.ts);
  const tasks = own.flatMap(({ name, ts, dur, tdur }) =>
    name === TASK && dur !== undefined && tdur !== undefined ? [{ ts, dur, tdur }] : [],
  );
  if (frames.length === 0 || tasks.length === 0) throw new Error('the trace shows no work');
  return { frames, tasks };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The most that was worked from one frame to the next, in milliseconds; a frame's own task counts for it. */
function busiestFrame({ frames, tasks }: ReturnType<typeof ownWork>): number {
  const work = new Map<number, number>();
  let next = 0;
  for (const { ts, tdur } of tasks) {
    while ((frames[next] ?? Number.POSITIVE_INFINITY) < ts) next += 1;
    work.set(next, (work.get(next) ?? 0) + tdur);
  }
  return Math.max(...work.values()) / 1000;
}

/** Scrolls and sorts a table of the page once. */
export async function framesOf(page: Page, grid: string): Promise<Frames> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  const session = await browser.newBrowserCDPSession();
  try {
    const { result: times, events } = await traced(session, () => scrollAndSort(page, grid));
    const deltas = times.slice(1).map((time, index) => time - (times[index] ?? time));
    const own = ownWork(events);
    return {
      count: deltas.length,
      longest: Math.max(...deltas),
      busiest: busiestFrame(own),
      held: sum(own.tasks.map((task) => task.dur)) / sum(own.tasks.map((task) => task.tdur)),
    };
  } finally {
    await session.detach();
  }
}
