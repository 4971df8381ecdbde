/**
 * Doubles of the windowing runtime, for what cannot be had without a screen: they keep what they are told and raise what
 * a test asks for. Each is handed over as the part of Electron's own declarations that the code under test names.
 */
import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, IpcMain, IpcMainInvokeEvent } from 'electron';

/** An event that can be prevented. */
export class StoppableDouble {
  prevented = false;

  preventDefault(): void {
    this.prevented = true;
  }
}

export class ContentsDouble extends EventEmitter {
  readonly sent: unknown[][] = [];
  reloads = 0;
  zoomLevel = 0;
  opener: (() => { action: string }) | undefined;

  reload(): void {
    this.reloads += 1;
  }

  getZoomLevel(): number {
    return this.zoomLevel;
  }

  setZoomLevel(level: number): void {
    this.zoomLevel = level;
  }

  send(...message: unknown[]): void {
    this.sent.push(message);
  }

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.opener = handler;
  }

  /** Raises an event that can be prevented. @returns whether it was. */
  raise(name: string, ...more: unknown[]): boolean {
    return raise(this, name, ...more);
  }
}

export class WindowDouble extends EventEmitter {
  readonly webContents = new ContentsDouble();
  readonly options: BrowserWindowConstructorOptions;
  readonly loaded: string[] = [];
  readonly done: string[] = [];
  readonly sizes: number[][] = [];
  destroyed = false;
  minimized = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }

  setSize(...size: number[]): void {
    this.sizes.push(size);
  }

  show(): void {
    this.done.push('show');
  }

  focus(): void {
    this.done.push('focus');
  }

  restore(): void {
    this.done.push('restore');
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  close(): void {
    this.done.push('close');
    if (!raise(this, 'close')) this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('closed');
  }

  asWindow(): BrowserWindow {
    return this as unknown as BrowserWindow;
  }
}

/** The windows that were made, newest last. */
export function windowMaker() {
  const made: WindowDouble[] = [];
  return {
    made,
    make: (options: BrowserWindowConstructorOptions): BrowserWindow => {
      const window = new WindowDouble(options);
      made.push(window);
      return window.asWindow();
    },
  };
}

export class AppDouble extends EventEmitter {
  quits = 0;
  readonly exits: number[] = [];

  quit(): void {
    this.quits += 1;
  }

  exit(code: number): void {
    this.exits.push(code);
  }
}

type Listener = (event: never, ...args: unknown[]) => void;
type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

export class IpcDouble {
  readonly handlers = new Map<string, Handler>();
  readonly listeners = new Map<string, Listener>();

  handle: IpcMain['handle'] = (channel, handler) => {
    this.handlers.set(channel, handler);
  };

  on: IpcMain['on'] = (channel, listener) => {
    this.listeners.set(channel, listener);
    return standingFor<IpcMain>(this);
  };

  /** What a page says without waiting for an answer. */
  send(channel: string, event: unknown): void {
    this.listeners.get(channel)?.(event as never);
  }

  /** What a page would be answered. */
  async invoke(channel: string, event: unknown, ...args: unknown[]): Promise<unknown> {
    return this.handlers.get(channel)?.(event as IpcMainInvokeEvent, ...args);
  }
}

/** Raises an event that can be prevented. @returns whether it was. */
export function raise(emitter: EventEmitter, name: string, ...more: unknown[]): boolean {
  const event = new StoppableDouble();
  emitter.emit(name, event, ...more);
  return event.prevented;
}

/** A part of Electron in place of the whole of it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- whoever calls says what it stands for
export function standingFor<T>(part: object): T {
  return part as T;
}

/** Lets everything that waits for the next turns of the event loop go on. */
export async function turns(): Promise<void> {
  for (let count = 0; count < 5; count += 1) await new Promise((resolve) => setImmediate(resolve));
}
