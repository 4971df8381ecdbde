import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Protocol } from 'devtools-protocol';
import { browserEnvironment } from './browser-environment.ts';
import type { BrowserProcess } from './browser-process.ts';
import { appWindowSwitches } from './browser-switches.ts';
import type { CdpSession } from './cdp-session.ts';
import { PageTarget, type PageScripts } from './page-target.ts';
import { RuntimeError } from './runtime-error.ts';

const WINDOW_DEADLINE_MS = 20_000;

export interface PageRequest {
  /** In its reserved form. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly scripts: PageScripts;
}

interface BrowserEvents {
  /** Developer tools were opened on a window of the application. */
  devtools: [];
}

interface Opening {
  readonly request: PageRequest;
  readonly resolve: (page: PageTarget) => void;
}

/** The running browser as a place to open application windows in. */
export class Browser extends EventEmitter<BrowserEvents> {
  readonly process: BrowserProcess;
  readonly #pages = new Map<string, PageTarget>();
  /** Second starts of the browser that have not handed over yet. */
  readonly #starts = new Set<ChildProcess>();
  #ended = false;
  #opening: Opening | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(process: BrowserProcess) {
    super();
    this.process = process;
    // Also where nothing can be awaited any more.
    globalThis.process.once('exit', () => this.#endStarts());
    void process.gone.then(() => this.#endStarts());
  }

  /** Takes every target of the browser under control; needed once, before any page. */
  async takeControl(): Promise<void> {
    const { root } = this.process.connection;
    root.on('Target.attachedToTarget', (event) => this.#attached(event));
    root.on('Target.targetCreated', ({ targetInfo }) => this.#created(targetInfo));
    root.on('Target.targetInfoChanged', ({ targetInfo }) => this.#created(targetInfo));
    root.on('Target.targetDestroyed', ({ targetId }) => {
      const page = this.#pages.get(targetId);
      this.#pages.delete(targetId);
      page?.emit('gone');
    });
    await root.send('Target.setDiscoverTargets', { discover: true });
    await root.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
    // SECURITY: every permission is refused, but for what the powerMonitor and the clipboard work by.
    await root.send('Browser.grantPermissions', {
      permissions: ['idleDetection', 'clipboardSanitizedWrite'],
    });
    // SECURITY: nothing is ever downloaded by the browser.
    await root.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
  }

  /**
   * Opens a page in an application window of its own. It loads nothing before it is prepared.
   * Windows open one after another, because the browser does not say which request a new one answers.
   */
  open(request: PageRequest): Promise<PageTarget> {
    const opened = this.#queue.then(() => this.#openNow(request));
    this.#queue = opened.catch(() => undefined);
    return opened;
  }

  /** Ends the browser, and opens no window any more. */
  end(): Promise<void> {
    this.#ended = true;
    this.#endStarts();
    return this.process.end();
  }

  /** Whether a window is being opened, whose first request may come before its page is known. */
  get isOpening(): boolean {
    return this.#opening !== undefined;
  }

  pageOf(frameId: string): PageTarget | undefined {
    return this.#pages.get(frameId) ?? [...this.#pages.values()].find((page) => page.frames.has(frameId));
  }

  async #openNow(request: PageRequest): Promise<PageTarget> {
    const { promise, resolve } = Promise.withResolvers<PageTarget>();
    this.#opening = { request, resolve };
    const timer = new AbortController();
    const late = delay(WINDOW_DEADLINE_MS, undefined, { signal: timer.signal }).catch(() => undefined);
    try {
      await this.#ask(request);
      const page = await Promise.race([promise, late]);
      if (page === undefined) throw windowMissing();
      return page;
    } finally {
      timer.abort();
      this.#opening = undefined;
    }
  }

  /**
   * A window without tabs and address bar is made by a second start of the browser, which hands its
   * command line to the running one and ends. A headless browser has no such hand-over, and no bars.
   */
  async #ask(request: PageRequest): Promise<void> {
    const { connection, executable, switches } = this.process;
    if (this.#ended) throw windowMissing();
    if (switches.headless) {
      const { url, width, height } = request;
      await connection.root.send('Target.createTarget', { url, width, height, newWindow: true });
      return;
    }
    const start = spawn(executable, appWindowSwitches(switches, request), {
      stdio: 'ignore',
      env: browserEnvironment(process.env),
    });
    this.#starts.add(start);
    start.on('error', () => undefined);
    start.once('exit', () => this.#starts.delete(start));
  }

  /** One that finds no browser to hand over to becomes a browser of its own, which nobody drives. */
  #endStarts(): void {
    for (const start of this.#starts) start.kill('SIGKILL');
  }

  #attached({ sessionId, targetInfo }: Protocol.Target.AttachedToTargetEvent): void {
    const { connection } = this.process;
    const session = connection.session(sessionId);
    // What is refused below may be gone before it is told of as created.
    this.#created(targetInfo);
    const opening = this.#opening;
    // Workers, frames, and what the browser draws of itself: none of them is a window.
    if (targetInfo.type !== 'page' || targetInfo.url.startsWith('chrome://')) {
      session.tell('Runtime.runIfWaitingForDebugger');
      return;
    }
    if (
      opening === undefined ||
      targetInfo.openerId !== undefined ||
      targetInfo.url !== opening.request.url
    ) {
      this.#refuse(session, targetInfo.targetId);
      return;
    }
    this.#opening = undefined;
    const page = new PageTarget(targetInfo.targetId, session, opening.request.scripts);
    page.emitChild = (child) => connection.session(child).tell('Runtime.runIfWaitingForDebugger');
    this.#pages.set(targetInfo.targetId, page);
    opening.resolve(page);
  }

  // SECURITY: a page that this process did not ask for is closed; whatever it asks for is refused.
  #refuse(session: CdpSession, targetId: string): void {
    const close = () => this.process.connection.root.tell('Target.closeTarget', { targetId });
    // Closed while it stands still, it would hold the page that opened it for ever.
    session.send('Runtime.runIfWaitingForDebugger').then(close, close);
  }

  #created(target: Protocol.Target.TargetInfo): void {
    // SECURITY: developer tools could read and drive everything in the window.
    if (target.url.startsWith('devtools://')) this.emit('devtools');
  }
}

function windowMissing(): RuntimeError {
  return new RuntimeError(
    'BROWSER_LOST',
    'The browser was asked for a window and opened none.',
    'Close the desk and start it again. If it happens again, start the browser by hand to see what it says.',
  );
}
