import { EventEmitter } from 'node:events';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { assertSafePreferences } from './page-opening.ts';
import { setWindowBounds } from './window-bounds.ts';
import { StoppableEvent } from './stoppable-event.ts';
import { ChromiumWebContents, keepInFront } from './web-contents.ts';

type Plain = Pick<
  ElectronWindow,
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'isMinimized'
  | 'restore'
  | 'setSize'
  | 'setTitle'
>;

/** How long a page that main has decided to close may take to go: one in an endless loop never does. */
const CLOSE_DEADLINE_MS = 3000;
/** After it was loaded. A window that nobody can see is not painted. */
const PAINT_DEADLINE_MS = 1000;

const open = new Set<BrowserWindow>();
let lastId = 0;
let allClosed: () => void = () => undefined;
let refused: () => void = () => undefined;
let created: (contents: ChromiumWebContents) => void = () => undefined;

/** Who is told of windows; the application, once. */
export function watchWindows(watcher: {
  readonly allClosed: () => void;
  /** A window stays open that was asked to close. */
  readonly refused: () => void;
  readonly created: (contents: ChromiumWebContents) => void;
}): void {
  allClosed = watcher.allClosed;
  refused = watcher.refused;
  created = watcher.created;
}

/** A window of the application: one page of the browser without tabs and address bar. */
export class BrowserWindow extends EventEmitter implements Plain {
  readonly id: number;
  readonly webContents: ChromiumWebContents;
  readonly #bounds: Rectangle;
  #title: string;
  #asked = false;
  #destroyed = false;
  #late: NodeJS.Timeout | undefined;
  #undrawn: NodeJS.Timeout | undefined;
  #isReady = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    assertSafePreferences(options.webPreferences);
    lastId += 1;
    this.id = lastId;
    this.#title = options.title ?? 'Electron';
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.webContents = new ChromiumWebContents(options);
    this.webContents.once('drawn', () => this.#ready());
    this.webContents.once('did-finish-load', () => {
      this.#undrawn = setTimeout(() => this.#ready(), PAINT_DEADLINE_MS).unref();
    });
    this.webContents.on('did-finish-load', () => void this.#guard(this.listenerCount('close') > 0));
    this.webContents.on('leaving', (answer: (leave: boolean) => void) => answer(this.#mayLeave()));
    this.webContents.once('destroyed', () => this.#closed());
    if (options.modal === true && options.parent instanceof BrowserWindow) {
      keepInFront(options.parent.webContents, this.webContents);
    }
    open.add(this);
    created(this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...open];
  }

  static fromWebContents(contents: ChromiumWebContents): BrowserWindow | null {
    return [...open].find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return [...open].find((window) => window.id === id) ?? null;
  }

  /** The shown window that last got the focus; another program may have it by now. */
  static getFocusedWindow(): BrowserWindow | null {
    const shown = [...open].filter(({ webContents }) => !webContents.hidden && webContents.focusedAt > 0);
    return shown.sort((a, b) => b.webContents.focusedAt - a.webContents.focusedAt)[0] ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  /** The window shows from its first document on; later calls bring it to the front. */
  show(): void {
    this.webContents.focus();
  }

  focus(): void {
    this.webContents.focus();
  }

  /**
   * Asks listeners of `close`, then the document's own `beforeunload`, then closes. A document that gives no answer in
   * time is not asked any more.
   */
  close(): void {
    if (this.#destroyed || !this.#mayClose()) return;
    const { page } = this.webContents;
    if (page === undefined) {
      this.destroy();
      return;
    }
    this.#late ??= setTimeout(() => this.destroy(), CLOSE_DEADLINE_MS);
    // The listeners have been asked; now only the document's own refusal counts.
    void this.#guard(false).then(() => page.session.tell('Page.close'));
  }

  /** Closes the window without asking anybody. */
  destroy(): void {
    this.#asked = true;
    this.webContents.closeNow();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isVisible(): boolean {
    return this.webContents.page !== undefined && !this.webContents.hidden;
  }

  isMinimized(): boolean {
    return this.webContents.page !== undefined && this.webContents.hidden;
  }

  restore(): void {
    setWindowBounds(this.webContents.page, { windowState: 'normal' });
  }

  minimize(): void {
    setWindowBounds(this.webContents.page, { windowState: 'minimized' });
  }

  setSize(width: number, height: number): void {
    setWindowBounds(this.webContents.page, { width, height });
  }

  /** The bounds that the window was made with. */
  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  /** The window's bar shows the title of its document, which this becomes at the next call of a page. */
  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  /** There is no menu to set or remove. */
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}

  /** Has the document ask before it goes: a person's wish to close is learned of in no other way. */
  #guard(on: boolean): Promise<unknown> {
    return this.webContents.command('guard', on);
  }

  #mayClose(): boolean {
    const event = new StoppableEvent();
    this.emit('close', event);
    this.#asked = !event.defaultPrevented;
    if (!this.#asked) this.#stays();
    return this.#asked;
  }

  /** A person closes the window, or its document refuses what was granted by the listeners. */
  #mayLeave(): boolean {
    if (!this.#asked && this.listenerCount('close') > 0) return this.#mayClose();
    const event = new StoppableEvent();
    this.webContents.emit('will-prevent-unload', event);
    if (event.defaultPrevented) return true;
    this.#asked = false;
    void this.#guard(this.listenerCount('close') > 0);
    this.#stays();
    return false;
  }

  #stays(): void {
    this.#waitNoMore();
    refused();
  }

  #waitNoMore(): void {
    clearTimeout(this.#late);
    this.#late = undefined;
  }

  #ready(): void {
    clearTimeout(this.#undrawn);
    if (this.#isReady || this.#destroyed) return;
    this.#isReady = true;
    this.emit('ready-to-show');
  }

  #closed(): void {
    if (this.#destroyed) return;
    this.#waitNoMore();
    // Gone without having asked, as when its document had not loaded: listeners still learn of it.
    if (!this.#asked) this.emit('close', new StoppableEvent());
    this.#destroyed = true;
    open.delete(this);
    this.emit('closed');
    if (open.size === 0) allClosed();
  }
}
