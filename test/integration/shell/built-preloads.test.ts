import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { DESK_CHANNELS, ENTRY_CHANNELS } from '../../../electron/shell/channels.ts';
import { BUILT_PRELOADS } from './stage.ts';

/** The API of a preload. */
type Api = Record<string, (...args: unknown[]) => unknown>;

/** Runs a built preload as a sandboxed window does: a script whose `require` knows `electron` and nothing else. */
function load(name: string) {
  const text = readFileSync(path.join(BUILT_PRELOADS, name), 'utf8');
  const required: string[] = [];
  const messages: unknown[][] = [];
  const exposed = new Map<string, Api>();
  const listeners = new Map<string, ((...args: unknown[]) => void)[]>();
  const surface = new Map<string, (event: object) => void>();
  const electron = {
    contextBridge: { exposeInMainWorld: (key: string, api: Api) => exposed.set(key, api) },
    ipcRenderer: {
      invoke: async (...message: unknown[]) => void messages.push(message),
      send: (...message: unknown[]) => messages.push(message),
      on: (channel: string, listener: () => void) =>
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      removeListener: (channel: string, listener: () => void) =>
        listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((one) => one !== listener),
        ),
    },
  };
  vm.runInNewContext(text, {
    addEventListener: (type: string, listener: (event: object) => void) => surface.set(type, listener),
    require(module: string) {
      required.push(module);
      if (module !== 'electron') throw new Error(`module not found: ${module}`);
      return electron;
    },
  });
  const atOnce = messages.splice(0);
  const emit = (channel: string, ...args: unknown[]): void => {
    for (const listener of listeners.get(channel) ?? []) listener({ sender: 'ipc' }, ...args);
  };
  const happen = (type: string, event: object): void => surface.get(type)?.({ type, ...event });
  return { text, required, atOnce, messages, exposed, emit, happen, api: [...exposed.values()][0] ?? {} };
}

describe.each(['preload.cjs', 'entry-preload.cjs'])('%s', (name) => {
  it('requires electron and nothing else', () => {
    const { text, required } = load(name);
    expect(required).toEqual(['electron']);
    expect([...text.matchAll(/require\(([^)]*)\)/gu)].map((match) => match[1])).toEqual(['"electron"']);
    expect(text).not.toMatch(/\bimport\s*[({"]|\bimport\s+\w/u);
  });
});

describe.each([
  ['preload.cjs', DESK_CHANNELS.hand],
  ['entry-preload.cjs', ENTRY_CHANNELS.hand],
])('the hand that %s feels', (name, channel) => {
  it('is told on a channel of its own, without what was done', () => {
    const { happen, messages } = load(name);
    happen('keydown', { isTrusted: true, timeStamp: 0, key: 'a' });
    happen('keydown', { isTrusted: true, timeStamp: 1, key: 'b' });
    expect(messages).toEqual([[channel]]);
  });

  it('is none that a script made up', () => {
    const { happen, messages } = load(name);
    for (const type of ['keydown', 'pointerdown', 'pointermove', 'wheel']) {
      happen(type, { isTrusted: false, timeStamp: 0 });
    }
    expect(messages).toEqual([]);
  });
});

describe('the bridge of the desk', () => {
  it('is `desk`, with asking and listening', () => {
    const { exposed, api } = load('preload.cjs');
    expect([...exposed.keys()]).toEqual(['desk']);
    expect(Object.keys(api)).toEqual(['invoke', 'on']);
  });

  it('asks for what every page begins with before there is one', () => {
    const { atOnce } = load('preload.cjs');
    expect(atOnce).toEqual([
      [DESK_CHANNELS.invoke, 'desk.state', {}],
      [DESK_CHANNELS.invoke, 'wizard.state', {}],
    ]);
  });

  it('asks on the channel that main answers', async () => {
    const { api, messages } = load('preload.cjs');
    await api['invoke']?.('recovery.list', { a: 1 });
    expect(messages).toEqual([[DESK_CHANNELS.invoke, 'recovery.list', { a: 1 }]]);
  });

  it.each(['desk.unknown', 'entry:submit', 'toString', '__proto__', '', 1, null, undefined, ['desk.state']])(
    'does not pass on %j',
    async (name) => {
      const { api, messages } = load('preload.cjs');
      await expect(api['invoke']?.(name, {})).rejects.toThrow('no such procedure');
      expect(messages).toEqual([]);
    },
  );

  it('tells an event to those who listen to it, without the object of the runtime, until they stop', () => {
    const { api, emit } = load('preload.cjs');
    const heard: unknown[][] = [];
    const stop = api['on']?.('desk.changed', (...args: unknown[]) => heard.push(args)) as () => void;
    emit(DESK_CHANNELS.event, 'desk.changed', { a: 1 });
    emit(DESK_CHANNELS.event, 'wizard.changed', { a: 2 });
    stop();
    emit(DESK_CHANNELS.event, 'desk.changed', { a: 3 });
    expect(heard).toEqual([[{ a: 1 }]]);
  });

  it('listens to no event that there is not', () => {
    const { api } = load('preload.cjs');
    expect(() => api['on']?.('desk:event', () => undefined)).toThrow('no such event');
  });
});

describe('the bridge of the entry window', () => {
  it('is `entry`, with the three things that its document does', async () => {
    const { exposed, api, atOnce, messages } = load('entry-preload.cjs');
    expect(atOnce).toEqual([]);
    expect([...exposed.keys()]).toEqual(['entry']);
    expect(Object.keys(api)).toEqual(['view', 'submit', 'cancel']);
    await api['view']?.();
    await api['submit']?.({ typed: 'a' });
    await api['cancel']?.();
    expect(messages).toEqual([
      [ENTRY_CHANNELS.view],
      [ENTRY_CHANNELS.submit, { values: { typed: 'a' } }],
      [ENTRY_CHANNELS.cancel],
    ]);
  });
});
