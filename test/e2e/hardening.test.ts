import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { PROCEDURE_NAMES } from '../../shared/contract-names.ts';
import type { DeskBridge } from '../../shared/desk-bridge.ts';
import { DESK_ORIGIN, DeskRun, ENTRY_ORIGIN, waitFor } from '../support/e2e-desk.ts';
import { openPractice, pressToClose, step, toEntry, toPlan, toPreview } from '../support/e2e-hands.ts';
import { watchRefusals } from '../support/e2e-looks.ts';
import { askNode, practiceUrl } from '../support/e2e-practice.ts';
import { listeningPorts, treeOf } from '../support/e2e-processes.ts';

/** A desk of its own: what is tried on its page must not be found in what other tests look at. */
let attacked: DeskRun;

const test = base.extend<{ readonly desk: DeskRun; readonly window: Page }>({
  // oxlint-disable-next-line no-empty-pattern
  desk: async ({}, use) => use(attacked),
  window: async ({ desk }, use) => use(await desk.page()),
});

test.beforeAll(async () => {
  attacked = new DeskRun();
  await openPractice(await attacked.page());
});
test.afterAll(() => attacked.stop());

const MARK = 'the very document that the test began with';

test.beforeEach(async ({ window }) => {
  await window.evaluate((mark) => document.documentElement.setAttribute('data-mark', mark), MARK);
});
test.afterEach('the page is still there, and main answers it', async ({ desk, window }) => {
  await expect(window.locator('html')).toHaveAttribute('data-mark', MARK);
  expect(window.url()).toBe(`${DESK_ORIGIN}/`);
  expect(await desk.invoke('desk.state', {})).toMatchObject({ ok: true });
});

test.describe('what a page finds around it', () => {
  test('is what any page finds, and the bridge', async ({ window }) => {
    const own = await window.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
      frame.remove();
      return Object.getOwnPropertyNames(globalThis).filter((name) => !usual.has(name));
    });
    // Other tests leave their accessibility checker behind.
    const known = ['axe', '__core-js_shared__'];
    expect(own.filter((name) => !known.includes(name))).toEqual(['desk']);
  });

  test('is no module, no process, and nothing of the runtime', async ({ window }) => {
    const found = await window.evaluate(() =>
      ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer', 'entry', 'opener']
        .map((name) => [name, (globalThis as unknown as Record<string, unknown>)[name]] as const)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name]) => name),
    );
    expect(found).toEqual([]);
  });

  test('is a bridge of two functions that nobody can change', async ({ window }) => {
    const bridge = await window.evaluate(() => {
      const { desk } = globalThis as unknown as { desk: Record<string, unknown> };
      const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'desk');
      return {
        names: Object.keys(desk),
        kinds: Object.values(desk).map((value) => typeof value),
        frozen: Object.isFrozen(desk),
        replaceable: descriptor?.writable === true || descriptor?.configurable === true,
      };
    });
    expect(bridge).toEqual({
      names: ['invoke', 'on'],
      kinds: ['function', 'function'],
      frozen: true,
      replaceable: false,
    });
  });
});

test.describe('what a page that was taken over tries', () => {
  test('a script in the page does not run, and its policy reports it', async ({ window }) => {
    const refusals = await watchRefusals(window);
    const before = refusals.seen.length;
    const outcome = await window.evaluate(() => {
      const script = document.createElement('script');
      try {
        script.textContent = 'globalThis.ran = true';
      } catch (error) {
        return (error as Error).name;
      }
      document.body.append(script);
      return (globalThis as unknown as { ran?: boolean }).ran === true ? 'ran' : 'did not run';
    });
    expect(outcome).not.toBe('ran');
    await expect.poll(() => refusals.seen.length).toBeGreaterThan(before);
  });

  test('no style applies but those of its files and the one of its document', async ({ window }) => {
    const refusals = await watchRefusals(window);
    const before = refusals.seen.length;
    const colour = await window.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'h1 { color: rgb(1, 2, 3) }';
      document.head.append(style);
      const { color } = getComputedStyle(document.querySelector('h1') ?? document.body);
      style.remove();
      return color;
    });
    expect(colour).not.toBe('rgb(1, 2, 3)');
    await expect.poll(() => refusals.seen.length).toBeGreaterThan(before);
  });

  test('text does not become code or markup', async ({ window }) => {
    const outcomes = await window.evaluate(
      () =>
        new Promise<Record<string, string>>((resolve) => {
          // In a task of the page's own, where its policy holds whoever evaluates this.
          setTimeout(() => {
            const attempts: Record<string, () => unknown> = {
              // Tried, to be refused.
              /* oxlint-disable no-eval, no-implied-eval */
              eval: () => (0, globalThis.eval)('1'),
              Function: () => new Function('return 1')(),
              innerHTML: () => (document.createElement('div').innerHTML = '<img src=x onerror=1>'),
              'document.write': () => document.write('<p>'),
              'setTimeout of text': () => setTimeout('globalThis.ran = true' as never, 0),
              /* oxlint-enable no-eval, no-implied-eval */
            };
            const entries = Object.entries(attempts).map(([name, attempt]) => {
              try {
                attempt();
                return [name, 'went through'];
              } catch (error) {
                return [name, (error as Error).name];
              }
            });
            resolve(Object.fromEntries(entries) as Record<string, string>);
          }, 0);
        }),
    );
    expect(outcomes).toEqual({
      eval: 'EvalError',
      Function: 'EvalError',
      innerHTML: 'TypeError',
      'document.write': 'TypeError',
      'setTimeout of text': 'TypeError',
    });
  });

  test('nothing connects anywhere', async ({ desk, window }) => {
    const node = practiceUrl(desk.data);
    const outcomes = await window.evaluate(
      async ({ node, entry, text }) => {
        const ended = (target: EventTarget, good: string): Promise<string> =>
          new Promise((resolve) => {
            target.addEventListener(good, () => resolve('went through'));
            target.addEventListener('error', () => resolve('refused'));
          });
        const told = async (attempt: () => Promise<unknown>): Promise<string> =>
          attempt().then(
            (outcome) => (outcome === 'refused' || outcome === false ? 'refused' : 'went through'),
            () => 'refused',
          );
        const image = new Image();
        const pictured = ended(image, 'load');
        image.src = 'https://example.org/picture.png';
        return {
          'fetch of the web': await told(() => fetch('https://example.org/')),
          'fetch of its own origin': await told(() => fetch('/index.html')),
          'fetch of the node': await told(() => fetch(node, { method: 'POST', mode: 'no-cors', body: '{}' })),
          'fetch of the entry window': await told(() => fetch(`${entry}/`, { mode: 'no-cors' })),
          WebSocket: await told(() => ended(new WebSocket('ws://127.0.0.1:9/'), 'open')),
          EventSource: await told(() => ended(new EventSource('https://example.org/'), 'open')),
          picture: await told(() => pictured),
          module: await told(() => import(text)),
          worker: await told(async () => ended(new Worker('/assets/none.js'), 'message')),
        };
      },
      { node, entry: ENTRY_ORIGIN, text: 'data:text/javascript,1' },
    );
    expect([...new Set(Object.values(outcomes))], JSON.stringify(outcomes)).toEqual(['refused']);
  });

  test('it does not leave its document', async ({ window }) => {
    for (const to of ['https://example.org/', '/other.html', 'entry://window/']) {
      const refused = window.waitForEvent('requestfailed');
      await window.evaluate((url) => location.assign(url), to.startsWith('entry:') ? `${ENTRY_ORIGIN}/` : to);
      expect((await refused).isNavigationRequest()).toBe(true);
    }
    await window.evaluate(() => {
      location.href = 'data:text/html,<p>elsewhere';
      location.href = 'javascript:void(document.title="ran")';
    });
    await expect(window).toHaveTitle('Recovery Desk');
  });

  test('it opens no window', async ({ desk, window }) => {
    for (const url of ['/', 'about:blank', `${ENTRY_ORIGIN}/`, 'https://example.org/']) {
      await window.evaluate((to) => void globalThis.open(to, '_blank', 'width=200,height=200'), url);
    }
    expect(await desk.invoke('desk.state', {})).toMatchObject({ ok: true });
    await expect.poll(async () => (await desk.pages()).map((page) => page.url())).toEqual([window.url()]);
  });

  test('a file that is dropped opens nothing', async ({ desk, window }) => {
    const session = await window.context().newCDPSession(window);
    const at = { x: 400, y: 300 };
    const data = { items: [], files: [path.join(desk.data, 'settings.json')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, ...at, data });
    }
    expect(await desk.invoke('desk.state', {})).toMatchObject({ ok: true });
    await expect(window.locator('html')).toHaveAttribute('data-mark', MARK);
  });

  test('nothing is downloaded', async ({ desk, window }) => {
    const session = await window.context().newCDPSession(window);
    await session.send('Page.enable');
    const ended = new Promise<string>((resolve) => {
      session.on('Page.downloadProgress', ({ state }) => {
        if (state !== 'inProgress') resolve(state);
      });
    });
    await window.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['secret']));
      link.download = 'stolen.txt';
      link.click();
    });
    expect(await ended).toBe('canceled');
    const left = readdirSync(desk.folder, { recursive: true }).map(String);
    expect(left.filter((name) => name.includes('stolen'))).toEqual([]);
  });

  test('a frame in the page has no bridge, and shows none of the desk’s documents', async ({ window }) => {
    const found = await window.evaluate(
      async ({ own, entry }) => {
        const outcomes: Record<string, string> = {};
        for (const src of [undefined, own, entry]) {
          const frame = document.createElement('iframe');
          const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
          if (src !== undefined) frame.src = src;
          document.body.append(frame);
          await loaded;
          const inside = frame.contentWindow as unknown as { desk?: unknown; entry?: unknown } | null;
          try {
            outcomes[src ?? 'empty'] = `${typeof inside?.desk} ${typeof inside?.entry}`;
          } catch (error) {
            outcomes[src ?? 'empty'] = (error as Error).name;
          }
          frame.remove();
        }
        return Object.values(outcomes);
      },
      { own: `${DESK_ORIGIN}/`, entry: `${ENTRY_ORIGIN}/` },
    );
    expect(found.filter((one) => one !== 'undefined undefined' && one !== 'SecurityError')).toEqual([]);
  });
});

test.describe('what a page sends to main', () => {
  test('is refused by its own bridge where there is no such procedure', async ({ desk }) => {
    for (const name of ['desk.quit', 'constructor', '__proto__', '']) {
      await expect(desk.invoke(name, {})).rejects.toThrow('The desk knows no such procedure.');
    }
  });

  test('is answered with a code where it is garbage', async ({ desk }) => {
    const garbage: readonly unknown[] = [
      null,
      7,
      'text',
      [],
      { unknown: true },
      { key: 'no uuid', id: 5, digest: '0x', case: null },
      { text: 'x'.repeat(100_000) },
      JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`),
      JSON.parse('{"__proto__": {"key": 1}, "constructor": 2}'),
    ];
    for (const name of PROCEDURE_NAMES) {
      for (const input of garbage) {
        const answer = await desk.invoke(name, input);
        expect(answer, `${name} ${JSON.stringify(input).slice(0, 60)}`).toMatchObject({
          ok: false,
          error: { code: 'INPUT_INVALID' },
        });
      }
    }
  });

  test('is answered, or refused with a code, where it is a flood', async ({ window }) => {
    const codes = await window.evaluate(async () => {
      const { desk } = globalThis as unknown as { desk: DeskBridge };
      const search = { text: '', state: null, sort: 'name', direction: 'ascending', offset: 0, limit: 10 };
      const answers = await Promise.all(
        Array.from({ length: 2000 }, () => desk.invoke('participants.search', search)),
      );
      return (answers as { ok: boolean; error?: { code: string } }[]).map((one) => one.error?.code ?? 'OK');
    });
    expect(codes).toHaveLength(2000);
    expect([...new Set(codes)].filter((code) => code !== 'OK' && code !== 'TOO_MANY_CALLS')).toEqual([]);
  });
});

async function openEntry(desk: DeskRun, window: Page): Promise<Page> {
  await toPreview(window, { name: 'Henrik Solberg' });
  await toPlan(window, { name: 'Henrik Solberg' });
  return toEntry(desk, window);
}

async function leaveImpact(window: Page): Promise<void> {
  await step(window, 'impact').getByRole('button', { name: 'Leave without recovering' }).click();
  await expect(step(window, 'impact')).toBeHidden();
}

test('the desk’s page and the entry window reach neither each other nor each other’s bridge', async ({
  desk,
  window,
}) => {
  const entry = await openEntry(desk, window);

  const inEntry = await entry.evaluate(() => ({
    opener: globalThis.opener as unknown,
    alone: globalThis.parent === globalThis.self && globalThis.length === 0,
    desk: typeof (globalThis as unknown as { desk?: unknown }).desk,
    bridge: Object.keys((globalThis as unknown as { entry: object }).entry),
    stored: localStorage.length + document.cookie.length,
    origin: location.origin,
  }));
  expect(inEntry).toEqual({
    opener: null,
    alone: true,
    desk: 'undefined',
    bridge: ['view', 'submit', 'cancel'],
    stored: 0,
    origin: ENTRY_ORIGIN,
  });
  expect(await window.evaluate(() => globalThis.opener as unknown)).toBe(null);
  const byName = await window.evaluate((origin) => {
    const opened = globalThis.open('', 'entry') as unknown as { entry?: unknown; origin: string } | null;
    return opened?.entry !== undefined || opened?.origin === origin;
  }, ENTRY_ORIGIN);
  expect(byName).toBe(false);
  expect(await window.evaluate(() => typeof (globalThis as unknown as { entry?: unknown }).entry)).toBe(
    'undefined',
  );

  await pressToClose(entry, () => entry.getByRole('button', { name: 'Cancel' }).click());
  await leaveImpact(window);
});

// The page that every test leaves behind must be the one that it began with: had the two a process in common, it would
// have gone with the other.
test('each of the two documents has a process of its own', async ({ desk, window }) => {
  const entry = await openEntry(desk, window);
  const gone = entry.waitForEvent('crash');
  const session = await entry.context().newCDPSession(entry);
  // Never answered: there is nobody left to.
  void session.send('Page.crash').catch(() => undefined);
  await gone;
  // Whoever typed there is told why it is gone.
  await expect(window.getByRole('alert')).toContainText('ended by itself');
  await leaveImpact(window);
});

test('no port listens but the practice node’s, in a desk that no test reaches into', async () => {
  const first = new DeskRun();
  try {
    await openPractice(await first.page());
    first.child.kill('SIGTERM');
    await first.ended;
    // What was chosen before is opened again, so nobody has to press anything.
    const desk = new DeskRun({ data: first.data, port: false });
    try {
      const block = await waitFor('the practice node', () =>
        askNode(practiceUrl(desk.data), 'eth_blockNumber').catch(() => undefined),
      );
      expect(block).toMatch(/^0x/u);
      const ports = listeningPorts(treeOf(desk.pid));
      expect(ports).toEqual([Number(new URL(practiceUrl(desk.data)).port)]);
    } finally {
      await desk.stop();
    }
  } finally {
    await first.stop();
  }
});
