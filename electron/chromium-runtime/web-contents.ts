import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, HandlerDetails, WindowOpenHandlerResponse } from 'electron';
import { runningBrowser } from './running-browser.ts';
import type { FrameView, WorldContext } from './frames.ts';
import { receiveIpc } from './ipc-main.ts';
import { assertJson } from './json-values.ts';
import { shownUrl, toReserved } from './origin-map.ts';
import type { PageTarget } from './page-target.ts';
import { nativeTheme } from './native-theme.ts';
import { openedPage } from './page-opening.ts';
import { powerMonitor } from './power-monitor.ts';
import { sessionOf, type ChromiumSession } from './session.ts';
import { StoppableEvent } from './stoppable-event.ts';
import type { WorldMessage } from './world-message.ts';

type OpenHandler = (details: Pick<HandlerDetails, 'url'>) => WindowOpenHandlerResponse;

interface Load {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const byPage = new Map<PageTarget, ChromiumWebContents>();
let lastId = 0;

/** The contents that a frame belongs to. */
export function contentsOfFrame(frameId: string): ChromiumWebContents | undefined {
  const page = runningBrowser()?.pageOf(frameId);
  return page === undefined ? undefined : byPage.get(page);
}

/**
 * Brings a window to the front whenever the one that waits for it gets the focus: behind that, nobody would know what it
 * waits for. Between two windows a browser knows nothing of the kind.
 */
export function keepInFront(parent: ChromiumWebContents, child: ChromiumWebContents): void {
  const toFront = (): void => child.focus();
  parent.on('focus', toFront);
  child.once('destroyed', () => parent.off('focus', toFront));
}

/** The document of a window, as main drives it; see Electron's WebContents. */
export class ChromiumWebContents extends EventEmitter {
  readonly id: number;
  readonly session: ChromiumSession;
  /** Whether the window's document was hidden when it last said so. */
  hidden = false;
  /** When the window last got the focus, by the clock of this process; 0 for never. */
  focusedAt = 0;
  readonly #options: BrowserWindowConstructorOptions;
  /** Navigations that main itself asked for, in their reserved form. */
  readonly #expected = new Set<string>();
  #page: PageTarget | undefined;
  #prepared: Promise<void> = Promise.resolve();
  #opener: OpenHandler = () => ({ action: 'deny' });
  #load: Load | undefined;
  #url = '';
  #destroyed = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    lastId += 1;
    this.id = lastId;
    this.#options = options;
    this.session = sessionOf(options.webPreferences?.partition ?? '');
  }

  get page(): PageTarget | undefined {
    return this.#page;
  }

  get mainFrame(): FrameView | null {
    return this.#page?.frames.main ?? null;
  }

  getURL(): string {
    return this.mainFrame?.url ?? '';
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#page?.crashed === true;
  }

  /** Settles when the document has loaded. @throws Error for an URL that is not the application's own. */
  async loadURL(url: string): Promise<void> {
    const reserved = toReserved(url);
    if (reserved === undefined) throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}'`);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#load?.reject(new Error(`ERR_ABORTED (-3) loading '${this.#url}'`));
    this.#load = { resolve, reject };
    this.#url = url;
    this.#expected.add(reserved);
    await Promise.all([promise, this.#go(reserved)]);
  }

  reload(): void {
    const url = toReserved(this.getURL()) ?? toReserved(this.#url);
    if (url === undefined || this.#page === undefined) return;
    this.#expected.add(url);
    this.#page.session.tell('Page.reload');
  }

  focus(): void {
    this.#page?.session.tell('Page.bringToFront');
  }

  /** The browser zooms by its own keys, and says nothing of it. */
  getZoomLevel(): number {
    return 0;
  }

  setZoomLevel(): void {}

  /** Sends an event to the preload of the top frame. @throws TypeError for what is not JSON */
  send(channel: string, ...args: unknown[]): void {
    assertJson(args);
    this.tellWorld(this.#page?.frames.mainContext, { type: 'event', channel, args });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#opener = handler;
  }

  /** Tells a document of this page something in the form its preload's world understands. */
  tellWorld(context: WorldContext | undefined, message: object): void {
    void this.#page?.tell(context, JSON.stringify(message));
  }

  /** Tells the top frame's world to do something of this runtime's own; with the rights of a click. */
  async command(command: string, value: unknown): Promise<unknown> {
    const message = JSON.stringify({ type: 'command', command, value });
    return this.#page?.tell(this.#page.frames.mainContext, message, true);
  }

  /** Closes the page without asking its document. */
  closeNow(): void {
    const root = runningBrowser()?.process.connection.root;
    if (this.#page === undefined) this.#gone();
    else root?.tell('Target.closeTarget', { targetId: this.#page.id });
  }

  frameOf(context: WorldContext): FrameView | null {
    return this.#page?.frames.frameOf(context) ?? null;
  }

  /** Settles when the page is ready for its first document. */
  whenPrepared(): Promise<void> {
    return this.#prepared;
  }

  /** Whether the top frame may go to an URL, asking main about what it did not ask for itself. */
  mayNavigate(url: string, redirected: boolean): boolean {
    if (this.#expected.delete(url)) return true;
    const event = Object.assign(new StoppableEvent(), { url: shownUrl(url), isMainFrame: true });
    this.emit(redirected ? 'will-redirect' : 'will-navigate', event, event.url);
    return !event.defaultPrevented;
  }

  /** The load that main waits for came to nothing. */
  loadFailed(url: string): void {
    this.#load?.reject(new Error(`ERR_FAILED (-2) loading '${shownUrl(url)}'`));
    this.#load = undefined;
  }

  async #go(reserved: string): Promise<void> {
    if (this.#page === undefined) await this.#open(reserved);
    else this.#page.session.tell('Page.navigate', { url: reserved });
  }

  async #open(url: string): Promise<void> {
    const page = await openedPage(url, this.#options);
    this.#page = page;
    byPage.set(page, this);
    page.on('message', (message, context) => this.#heard(message, context));
    page.on('loaded', () => this.#loaded());
    page.on('drawn', () => this.emit('drawn'));
    page.on('crashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    page.on('gone', () => this.#gone());
    page.on('popup', (to) => this.#opener({ url: shownUrl(to) }));
    // SECURITY: a window shows the application and nothing else; one that left it is led back.
    page.on('strayed', () => void this.loadURL(this.#url).catch(() => undefined));
    page.on('leaving', (answer) => this.emit('leaving', answer));
    nativeTheme.adopt(page.session);
    this.#prepared = page.prepare();
    await this.#prepared;
  }

  #heard(message: WorldMessage, context: WorldContext): void {
    if (message.type === 'invoke' || message.type === 'send') receiveIpc(this, message, context);
    if (message.type === 'key') this.emit('before-input-event', new StoppableEvent(), message.input);
    if (message.type === 'visibility') this.hidden = message.hidden;
    if (message.type === 'focused') {
      this.focusedAt = performance.now();
      this.emit('focus');
    }
    if (message.type === 'dark') nativeTheme.seen(message.dark);
    if (message.type === 'screen') powerMonitor.screenSeen(message.locked);
  }

  #loaded(): void {
    this.#load?.resolve();
    this.#load = undefined;
    if (powerMonitor.isWatched) void this.command('watch-screen', true);
    this.emit('did-finish-load');
  }

  #gone(): void {
    if (this.#destroyed) return;
    if (this.#page !== undefined) {
      byPage.delete(this.#page);
      nativeTheme.release(this.#page.session);
    }
    this.#destroyed = true;
    this.#load?.reject(new Error(`ERR_ABORTED (-3) loading '${this.#url}'`));
    this.#load = undefined;
    this.emit('destroyed');
  }
}
