import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';
import { BrowserWindow } from './browser-window.ts';
import { InstanceLock } from './instance-lock.ts';
import { knownPath, type PathName } from './known-paths.ts';
import { StoppableEvent } from './stoppable-event.ts';

type Plain = Pick<
  App,
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'isPackaged'
  | 'enableSandbox'
  | 'getLocale'
  | 'whenReady'
>;

/** What the process ends with where this runtime could not work. */
const FAILED = 1;

/** What ends the browser; given once it runs. */
export type EndBrowser = () => Promise<void>;

/** The application as Electron's `app` shows it: its readiness, its one instance, its end. */
export class ChromiumApp extends EventEmitter implements Plain {
  /** This runtime never runs from a package: it stands in where Electron's binary is missing. */
  readonly isPackaged = false;
  /** Switches are this runtime's own; those that the application appends are for Electron alone. */
  readonly commandLine = { appendSwitch: () => undefined, hasSwitch: () => false };
  readonly #ready = Promise.withResolvers<void>();
  readonly #paths = new Map<string, string>();
  readonly #manifest = nearestManifest();
  #name = this.#manifest.productName ?? this.#manifest.name ?? 'Electron';
  #isReady = false;
  #state: 'running' | 'quitting' | 'ending' = 'running';
  /** Whatever the application says then, it did not work. */
  #failed = false;
  #lock: InstanceLock | undefined;
  #endBrowser: EndBrowser = () => Promise.resolve();

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  /** Whether the end has begun, after which nothing new is started. */
  get isEnding(): boolean {
    return this.#state !== 'running';
  }

  becomeReady(endBrowser: EndBrowser): void {
    this.#endBrowser = endBrowser;
    this.#isReady = true;
    this.emit('ready', {}, {});
    this.#ready.resolve();
  }

  /** Asks every window to close; a window that refuses stops it. */
  quit(): void {
    if (this.#state === 'ending') return;
    if (this.#wasPrevented('before-quit')) return;
    this.#state = 'quitting';
    const windows = BrowserWindow.getAllWindows();
    if (windows.length === 0) this.allWindowsClosed();
    for (const window of windows) {
      window.close();
    }
  }

  /** Ends because no window can be had: the application may close what it has opened. */
  fail(): void {
    if (this.#state === 'ending') return;
    this.#failed = true;
    this.#state = 'quitting';
    if (!this.#wasPrevented('will-quit')) this.exit();
  }

  /** Ends at once, asking nobody. */
  exit(code = 0): void {
    if (this.#state === 'ending') return;
    this.#state = 'ending';
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    this.emit('quit', {}, this.#failed ? FAILED : code);
    void this.#endBrowser()
      .catch(() => undefined)
      .finally(() => {
        this.#lock?.release();
        process.exit(this.#failed ? FAILED : code);
      });
  }

  /** A window refused to close, or the application to quit: it goes on, unless it has ended itself meanwhile. */
  closingRefused(): void {
    if (this.#state === 'quitting') this.#state = 'running';
  }

  allWindowsClosed(): void {
    if (this.#state === 'ending') return;
    if (this.#state === 'running') {
      if (this.emit('window-all-closed')) return;
      if (this.#wasPrevented('before-quit')) return;
    }
    if (this.#wasPrevented('will-quit')) this.closingRefused();
    else this.exit(0);
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    this.#lock ??= new InstanceLock(this.getPath('userData'));
    return this.#lock.acquire({ argv: process.argv, cwd: process.cwd(), additionalData }, (start) => {
      this.emit('second-instance', {}, start.argv, start.cwd, start.additionalData);
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.isHeld === true;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
  }

  getPath(name: PathName): string {
    return this.#paths.get(name) ?? knownPath(name, this.#name);
  }

  setPath(name: PathName, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.#paths.set(name, folder);
  }

  getAppPath(): string {
    return this.#manifest.folder;
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return this.#manifest.version ?? '0.0.0';
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  /** Every page is sandboxed already. */
  enableSandbox(): void {}
  setAppUserModelId(): void {}

  #wasPrevented(name: 'before-quit' | 'will-quit'): boolean {
    const event = new StoppableEvent();
    this.emit(name, event);
    return event.defaultPrevented;
  }
}

interface Manifest {
  readonly folder: string;
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
}

/** The package.json that the started script belongs to. */
function nearestManifest(): Manifest {
  let folder = path.dirname(path.resolve(process.argv[1] ?? '.'));
  for (;;) {
    try {
      return { ...(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as object), folder };
    } catch {
      if (path.dirname(folder) === folder) return { folder };
      folder = path.dirname(folder);
    }
  }
}

export const app = new ChromiumApp();
