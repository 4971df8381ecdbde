import type { BridgeEnd } from './bridge-world.ts';

/** The names under which a page's preload world and main meet; random for each window. */
export interface WorldNames {
  readonly world: string;
  readonly binding: string;
  readonly receive: string;
  readonly toPage: string;
  readonly toPreload: string;
}

/**
 * What a preload finds around it: `require('electron')` and nothing else. Runs in the isolated world
 * before the preload. It is sent as text: it must use nothing from outside itself.
 */
export function preloadWorld(names: WorldNames, bridge: BridgeEnd): PreloadWorld {
  type Listener = (event: object, ...args: unknown[]) => void;
  interface Waiting {
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: Error) => void;
  }
  type Incoming =
    | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }
    | { readonly type: 'event'; readonly channel: string; readonly args: readonly unknown[] }
    | { readonly type: 'command'; readonly command: string; readonly value?: unknown };

  // SECURITY: taken at the start, so that nothing which comes into this world later stands in their place.
  const { parse, stringify } = JSON;
  const { defineProperty, freeze, getPrototypeOf, prototype: objectPrototype, values } = Object;
  const { isArray } = Array;
  const { isFinite: finite } = Number;
  const [GlobalPromise, GlobalError, GlobalTypeError] = [Promise, Error, TypeError];
  const scope = globalThis as unknown as Record<string, unknown>;
  const post = scope[names.binding] as (text: string) => void;
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Listener[]>();
  const commands: Record<string, (value: unknown) => unknown> = {};
  let lastId = 0;

  function send(message: object): void {
    post(stringify(message));
  }

  function assertJson(value: unknown): void {
    if (value === null || value === undefined) return;
    if (typeof value === 'string' || typeof value === 'boolean' || finite(value)) return;
    const prototype: unknown = typeof value === 'object' ? getPrototypeOf(value) : undefined;
    const plain = prototype === null || prototype === objectPrototype || isArray(value);
    if (!plain) throw new GlobalTypeError('An object could not be cloned.');
    for (const item of values(value as object)) assertJson(item);
  }

  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      return new GlobalPromise((resolve, reject) => {
        assertJson(args);
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        send({ type: 'invoke', id: lastId, channel, args });
      });
    },
    send(channel: string, ...args: unknown[]): void {
      assertJson(args);
      send({ type: 'send', channel, args });
    },
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    once(channel: string, listener: Listener) {
      const single: Listener = (event, ...args) => {
        ipcRenderer.removeListener(channel, single);
        listener(event, ...args);
      };
      return ipcRenderer.on(channel, single);
    },
    removeListener(channel: string, listener: Listener) {
      const kept = [...(listeners.get(channel) ?? [])];
      const index = kept.lastIndexOf(listener);
      if (index !== -1) kept.splice(index, 1);
      listeners.set(channel, kept);
      return ipcRenderer;
    },
    off(channel: string, listener: Listener) {
      return ipcRenderer.removeListener(channel, listener);
    },
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  function receive(text: string): unknown {
    const message = parse(text) as Incoming;
    if (message.type === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) {
        listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      }
      return undefined;
    }
    if (message.type === 'command') return commands[message.command]?.(message.value);
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) call?.resolve(message.value);
    else call?.reject(new GlobalError(message.error));
    return undefined;
  }

  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      bridge.expose(key, api);
    },
  };

  defineProperty(scope, names.receive, { value: receive });
  const electron = freeze({
    contextBridge: freeze(contextBridge),
    ipcRenderer: freeze(ipcRenderer),
  });
  return {
    post: send,
    commands,
    require(name) {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new GlobalError(`module not found: ${name}`);
    },
  };
}

export interface PreloadWorld {
  /** Tells main something of this runtime's own. */
  post(message: object): void;
  /** What main can tell this world to do, besides answers and events. */
  readonly commands: Record<string, (value: unknown) => unknown>;
  /** @throws Error for any module but `electron` */
  require(name: string): unknown;
}
