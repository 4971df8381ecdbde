import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { DESK, Stage } from './stage.ts';

const folder = temporaryFolder('desk-window');
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open(folder, '<!doctype html><html lang="en"><title>Desk</title><p>desk');
});
afterAll(() => stage.stop());

/** Runs a script in the desk's own page. */
const inPage = async (script: string): Promise<unknown> => (await stage.page(DESK)).evaluate(script);

/** The name of the policy's directive that something in the page breaks. */
const broken = (script: string): Promise<unknown> =>
  inPage(`new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
    ${script}
  })`);

describe("the desk's page", () => {
  it('asks main, which knows it by its frame', async () => {
    expect(await inPage(`desk.invoke('desk.state', { a: 1 })`)).toEqual({
      name: 'desk.state',
      input: { a: 1 },
      sender: { origin: 'app://desk', top: true },
    });
  });

  it('hears what main tells', async () => {
    const heard = inPage(`new Promise((resolve) => {
      const stop = desk.on('desk.changed', (payload) => { stop(); resolve(payload); });
      document.title = 'listening';
    })`);
    const page = await stage.page(DESK);
    await page.waitForFunction(`document.title === 'listening'`);
    stage.order({ do: 'tell', payload: { a: 1 } });
    expect(await heard).toEqual({ a: 1 });
  });

  it.each([
    [
      'inline script',
      `document.body.append(Object.assign(document.createElement('p'), { id: 'p' })); try { document.getElementById('p').setAttribute('onclick', 'x()'); } catch {}`,
      'require-trusted-types-for',
    ],
    [
      'an inline style',
      `document.body.insertAdjacentElement('beforeend', document.createElement('style')).textContent = 'p{}';`,
      'style-src-elem',
    ],
    ['a picture from elsewhere', `new Image().src = 'https://example.org/a.png';`, 'img-src'],
    ['fetch', `fetch('https://example.org/').catch(() => undefined);`, 'connect-src'],
    ['a WebSocket', `try { new WebSocket('wss://example.org/'); } catch {}`, 'connect-src'],
    [
      'text that becomes markup',
      `try { document.body.innerHTML = '<p>'; } catch {}`,
      'require-trusted-types-for',
    ],
    ['a policy for such text', `try { trustedTypes.createPolicy('own', {}); } catch {}`, 'trusted-types'],
    ['a worker', `try { new Worker('/worker.js'); } catch {}`, 'require-trusted-types-for'],
  ])('may not have %s', async (_what, script, directive) => {
    expect(await broken(script)).toBe(directive);
  });

  it('leaves the keys that zoom to a browser that has its own', async () => {
    const page = await stage.page(DESK);
    for (const key of ['+', '-', '0']) await page.keyboard.press(`Control+${key}`);
    expect(await inPage(`desk.invoke('desk.state', {})`)).toMatchObject({ name: 'desk.state' });
  });

  it('comes back by itself after a crash', async () => {
    const page = await stage.page(DESK);
    await inPage(`void (document.title = 'before the crash')`);
    const crash = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void crash.send('Page.crash').catch(() => undefined);
    await crashed;
    await stage.lookAgain();
    expect(await inPage('document.title')).toBe('Desk');
  });
});

describe('saving', () => {
  it('writes the file that the person agreed to', async () => {
    const after = stage.reports.length;
    stage.order({ do: 'save', text: '{"a":1}\n' });
    const question = await stage.titled('Save');
    await question.getByRole('button', { name: 'Save' }).click();
    const { file } = await stage.report('saved', after);
    expect(readFileSync(String(file), 'utf8')).toBe('{"a":1}\n');
    expect(statSync(String(file)).mode & 0o777).toBe(0o600);
  });
});

describe('closing while a recovery runs', () => {
  it('asks, and keeps the window for who wants that', async () => {
    const after = stage.reports.length;
    stage.order({ do: 'run', recovery: 'R-0123456789' });
    stage.order({ do: 'close' });
    const question = await stage.titled('A recovery is running');
    await question.getByRole('button', { name: 'Keep the window open' }).click();
    // Whoever closes the window before main has heard that is not asked again.
    await stage.report('chosen', after);
    expect(await inPage('document.title')).toBe('Desk');
  });

  it('goes on without a window, and shows one again on request', async () => {
    const after = stage.reports.length;
    stage.order({ do: 'close' });
    const question = await stage.titled('A recovery is running');
    await question.getByRole('button', { name: 'the recovery goes on' }).click();
    await stage.report('closed', after);
    await stage.gone(DESK);
    stage.order({ do: 'show' });
    await stage.report('opened', after);
    expect(await inPage('document.title')).toBe('Desk');
    expect(stage.reports.some((one) => one.report === 'stopping')).toBe(false);
  });

  it('stops and ends only on an explicit choice', async () => {
    stage.order({ do: 'quit' });
    const question = await stage.titled('A recovery is running');
    await question.getByRole('button', { name: 'Stop at the next safe point' }).click();
    await stage.report('stopping');
    await stage.report('ended');
    expect(await stage.ended).toBe(0);
  });
});
