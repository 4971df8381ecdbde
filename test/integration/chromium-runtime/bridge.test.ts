import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '@playwright/test';
import { FixtureRun } from '../../support/runtime-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('runtime-bridge');
let run: FixtureRun;
let page: Page;

beforeAll(async () => {
  run = new FixtureRun({ folder });
  await run.event('ready');
  page = await run.page();
});
afterAll(() => run.stop());

/** Runs a script in the page's own world. */
const inPage = (script: string): Promise<unknown> => page.evaluate(script);

describe('the API that a preload gives its page', () => {
  it('is there for the first script of the page, and frozen', async () => {
    expect(await inPage('({ desk: firstSeen.desk, frozen: firstSeen.frozen })')).toEqual({
      desk: 'object',
      frozen: true,
    });
  });

  it('cannot be replaced by the page', async () => {
    expect(await inPage('try { desk = 1 } catch {} ; delete window.desk; typeof desk.invoke')).toBe(
      'function',
    );
  });

  it('is all that the page sees: no binding, no global of the preload, no name of the bridge', async () => {
    const names = (await inPage('firstSeen.names')) as string[];
    expect(names.filter((name) => name.startsWith('_'))).toEqual([]);
    expect(names).not.toContain('preloadSecret');
    expect(await inPage('typeof preloadSecret + typeof require + typeof process')).toBe(
      'undefinedundefinedundefined',
    );
    const sources = '[desk.invoke, desk.on].map((one) => Function.prototype.toString.call(one)).join()';
    expect(await inPage(sources)).not.toMatch(/_[0-9a-f]{32}/u);
  });

  it('reveals no name of the bridge to a page that replaced built-in functions', async () => {
    const seen = await inPage(`(async () => {
      const seen = [];
      const names = ['dispatchEvent', 'addEventListener'];
      const kept = names.map((name) => EventTarget.prototype[name]);
      for (const name of names) EventTarget.prototype[name] = function (...args) { seen.push(name); };
      const detail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail');
      Object.defineProperty(CustomEvent.prototype, 'detail', { get() { seen.push(this.type); } , configurable: true });
      const real = window.CustomEvent; window.CustomEvent = function () { seen.push('new'); };
      const answer = await desk.invoke('echo', 'still works');
      names.forEach((name, i) => { EventTarget.prototype[name] = kept[i]; });
      Object.defineProperty(CustomEvent.prototype, 'detail', detail); window.CustomEvent = real;
      return { seen, answer };
    })()`);
    expect(seen).toEqual({ seen: [], answer: 'still works' });
  });

  it('carries values both ways', async () => {
    const value = { text: 'ä\u2028"', list: [1, null, { deep: true }], empty: {} };
    expect(
      await page.evaluate((one) => (globalThis as never as Desk).desk.invoke('echo', one), value),
    ).toEqual(value);
    expect(await inPage(`desk.invoke('echo').then((value) => value === undefined)`)).toBe(true);
    expect(await inPage('desk.nested.list')).toEqual([1, 'two', null]);
  });

  it('carries a megabyte there and back', async () => {
    const script = `const big = 'x'.repeat(1024 * 1024); desk.invoke('echo', big).then((back) => back === big)`;
    expect(await inPage(script)).toBe(true);
  });

  it('refuses what JSON cannot carry', async () => {
    const attempt = (value: string) =>
      inPage(`desk.invoke('echo', ${value}).catch((error) => error.message)`);
    expect(await attempt('() => 1')).toBe('An object could not be cloned.');
    expect(await attempt('1n')).toBe('An object could not be cloned.');
    expect(await attempt('NaN')).toBe('An object could not be cloned.');
  });

  it('hands on errors: of main, of an unknown channel, of the preload', async () => {
    const message = (call: string) => inPage(`(async () => ${call})().catch((error) => error.message)`);
    expect(await message(`desk.invoke('fails')`)).toBe(
      "Error invoking remote method 'fails': Error: it failed",
    );
    expect(await message(`desk.invoke('unknown')`)).toBe(
      "Error invoking remote method 'unknown': Error: No handler registered for 'unknown'",
    );
    expect(await message('desk.throws()')).toBe('thrown in the preload');
    expect(await inPage('try { desk.throws() } catch (error) { error instanceof TypeError }')).toBe(true);
  });

  it('gives the preload the module electron and no other', async () => {
    expect(await inPage(`try { desk.load('node:fs') } catch (error) { error.message }`)).toContain(
      'module not found: node:fs',
    );
  });

  it('calls listeners of the page for events of main until they are taken off', async () => {
    await inPage(`window.heard = []; window.off = desk.on('news', (value) => heard.push(value)); 0`);
    run.order({ do: 'send', name: 'desk', channel: 'news', value: { n: 1 } });
    await page.waitForFunction('heard.length === 1');
    await inPage('off(); 0');
    run.order({ do: 'send', name: 'desk', channel: 'news', value: { n: 2 } });
    await inPage(`desk.invoke('echo', 1)`);
    expect(await inPage('heard')).toEqual([{ n: 1 }]);
  });

  it('sends without waiting for an answer', async () => {
    await inPage(`desk.say('hello'); 0`);
    expect(await run.event('said')).toMatchObject({
      value: 'hello',
      frame: { origin: 'app://desk', top: true },
    });
  });
});

describe('the sender of a message', () => {
  it('is the top frame of the exact origin, in the form that main knows', async () => {
    expect(await inPage(`desk.invoke('sender')`)).toEqual({
      contents: 1,
      frame: { url: 'app://desk/index.html', origin: 'app://desk', top: true },
    });
  });

  it('has no frame once its document is gone', async () => {
    await inPage(`void desk.invoke('late-sender'); setTimeout(() => location.assign('/other.html'), 50); 0`);
    expect(await run.event('late-sender')).toMatchObject({ gone: true });
  });
});

describe('a page that would speak in the name of its bridge', () => {
  it.each([
    ['the prototype of lists', 'Array.prototype'],
    ['the prototype of objects', 'Object.prototype'],
  ])('puts no word on the wire by a toJSON of %s', async (_, prototype) => {
    const seen = await inPage(`(() => {
      const seen = [];
      ${prototype}.toJSON = function () { seen.push(typeof this); return this; };
      try { desk.on('any', () => undefined)(); desk.say('as it was'); }
      finally { delete ${prototype}.toJSON; }
      return seen;
    })()`);
    expect(seen).toEqual([]);
  });

  it('puts no word on the wire by what an event is made with', async () => {
    const seen = await inPage(`(() => {
      const seen = [];
      const names = ['bubbles', 'cancelable', 'composed'];
      for (const name of names) {
        Object.defineProperty(Object.prototype, name, {
          configurable: true,
          get() { if (typeof this.detail === 'string') seen.push(this.detail); return false; },
        });
      }
      try { desk.say('as it was'); } finally { for (const name of names) delete Object.prototype[name]; }
      return seen;
    })()`);
    expect(seen).toEqual([]);
  });

  it('changes nothing in the world of the preload, and main goes on', async () => {
    await inPage(`(() => {
      const forged = function () {
        if (this[0] !== 'call') return this;
        return ['expose', 'JSON', ['o', ['stringify', this[2][2]]]];
      };
      Array.prototype.toJSON = forged;
      try { desk.on('any', () => 'no JSON'); } catch {} finally { delete Array.prototype.toJSON; }
    })()`);
    expect(await inPage(`desk.invoke('echo', 'still works')`)).toBe('still works');
    expect(run.child.exitCode).toBe(null);
  });
});

describe('a world that a page broke into', () => {
  it('cannot end main by what it says', async () => {
    const session = await page.context().newCDPSession(page);
    const contexts: number[] = [];
    session.on('Runtime.executionContextCreated', ({ context }) => contexts.push(context.id));
    await session.send('Runtime.enable');
    const hostile = [
      'no JSON',
      'null',
      '7',
      '{"type":"key"}',
      '{"type":"key","input":{"type":"keyDown","key":7}}',
      '{"type":"send","channel":"error"}',
      '{"type":"send","channel":"said","args":7}',
      '{"type":"send","channel":["said"]}',
      '{"type":"invoke","id":{},"channel":"echo"}',
      '{"type":"invoke","channel":"echo","id":1,"args":{"length":1e9}}',
      `{"type":"send","channel":"said","args":[${'0,'.repeat(200_000)}0]}`,
    ];
    const speak = `{
      const names = Object.getOwnPropertyNames(globalThis).filter((name) => /^_[0-9a-f]{32}$/u.test(name));
      const bindings = names.filter((name) => String(globalThis[name]).includes('[native code]'));
      for (const text of ${JSON.stringify(hostile)}) for (const name of bindings) globalThis[name](text);
      bindings.length;
    }`;
    let bindings = 0;
    for (const contextId of contexts) {
      const { result } = await session.send('Runtime.evaluate', { expression: speak, contextId });
      bindings += Number(result.value);
    }
    expect(bindings).toBe(1);
    expect(await inPage(`desk.invoke('echo', 'still works')`)).toBe('still works');
    expect(run.child.exitCode).toBe(null);
  });
});

interface Desk {
  readonly desk: { readonly invoke: (channel: string, ...args: unknown[]) => Promise<unknown> };
}
