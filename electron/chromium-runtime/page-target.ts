import { EventEmitter } from 'node:events';
import type { CdpSession } from './cdp-session.ts';
import { Frames, type WorldContext } from './frames.ts';
import { fromReserved } from './origin-map.ts';
import type { WorldNames } from './preload-world.ts';
import { worldMessage, type WorldMessage } from './world-message.ts';
import { pageScript, preloadScript } from './world-scripts.ts';

/** Between a page's request to go elsewhere and its document being asked to leave lie milliseconds. */
const NAVIGATION_MS = 1000;

export interface PageScripts {
  readonly names: WorldNames;
  /** The preload's text, if the window has one. */
  readonly preload: string;
  readonly subFrames: boolean;
}

interface PageEvents {
  message: [message: WorldMessage, context: WorldContext];
  loaded: [];
  /** Something of the document was painted. */
  drawn: [];
  crashed: [];
  gone: [];
  /** The page left the application's addresses without a request, as to about:blank. */
  strayed: [];
  /** The page asked for a window, which is closed before it loads anything. */
  popup: [url: string];
  /** The document, or the guard in its preload's world, wants to be asked before it goes. */
  leaving: [answer: (leave: boolean) => void];
}

/** One page of the browser with its preload in an isolated world; speaks to that world. */
export class PageTarget extends EventEmitter<PageEvents> {
  readonly id: string;
  readonly session: CdpSession;
  readonly frames: Frames;
  /** Whether the process that draws it is gone; a reload brings it back. */
  crashed = false;
  readonly #scripts: PageScripts;
  /** When the page last asked to go elsewhere, which asks the document to leave as closing does. */
  #requested = 0;

  constructor(id: string, session: CdpSession, scripts: PageScripts) {
    super();
    this.id = id;
    this.session = session;
    this.#scripts = scripts;
    this.frames = new Frames(session, id, scripts.names.world);
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const context = this.frames.context(executionContextId);
      // SECURITY: the binding exists in the preload's world alone; a call from elsewhere is nobody's.
      if (name !== scripts.names.binding || context === undefined) return;
      const message = worldMessage(payload);
      if (message !== undefined) this.emit('message', message, context);
    });
    session.on('Page.windowOpen', ({ url }) => this.emit('popup', url));
    session.on('Page.frameNavigated', ({ frame }) => this.#arrived(frame.id, frame.url));
    session.on('Page.frameRequestedNavigation', ({ frameId }) => {
      if (this.frames.isMain(frameId)) this.#requested = Date.now();
    });
    session.on('Page.loadEventFired', () => {
      // "Back" would lead to documents that nobody asked main about.
      session.tell('Page.resetNavigationHistory');
      this.emit('loaded');
    });
    session.on('Page.lifecycleEvent', ({ frameId, name }) => {
      if (name === 'firstContentfulPaint' && this.frames.isMain(frameId)) this.emit('drawn');
    });
    session.on('Inspector.targetCrashed', () => {
      this.crashed = true;
      this.emit('crashed');
    });
    session.on('Page.javascriptDialogOpening', ({ type }) => {
      const answer = (accept: boolean) => session.tell('Page.handleJavaScriptDialog', { accept });
      // alert, confirm and prompt would stop the page: they are answered with "no" at once.
      if (type !== 'beforeunload') answer(false);
      else if (this.#isNavigating() || !this.emit('leaving', answer)) answer(true);
    });
    session.on('Inspector.targetReloadedAfterCrash', () => {
      this.crashed = false;
    });
    // A worker or a frame of another process starts only when it is told to.
    session.on('Target.attachedToTarget', ({ sessionId }) => this.emitChild(sessionId));
  }

  #arrived(frameId: string, url: string): void {
    const failed = url.startsWith('chrome-error:');
    if (this.frames.isMain(frameId) && fromReserved(url) === undefined && !failed) this.emit('strayed');
  }

  #isNavigating(): boolean {
    const recently = Date.now() - this.#requested < NAVIGATION_MS;
    this.#requested = 0;
    return recently;
  }

  /** Told which session a child target got; the browser lets it run. */
  emitChild: (sessionId: string) => void = () => undefined;

  /**
   * Puts everything in place before the page's first document; the page stands still until then.
   * @throws Error when the page is gone meanwhile
   */
  async prepare(): Promise<void> {
    const { names, preload, subFrames } = this.#scripts;
    const { session } = this;
    await Promise.all([
      session.send('Page.enable'),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Runtime.enable'),
      // Whoever watches a page would have every error of it write down where it was made, which takes its time.
      session.send('Runtime.setMaxCallStackSizeToCapture', { size: 0 }),
      session.send('Inspector.enable'),
      // SECURITY: the binding is given to the isolated world by name; the page's own world has none.
      session.send('Runtime.addBinding', { name: names.binding, executionContextName: names.world }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(names) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadScript(names, preload, subFrames),
        worldName: names.world,
      }),
      session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      session.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  /**
   * Hands a message to the world of a preload; one whose document is gone is dropped.
   * @returns what a command answers
   */
  async tell(context: WorldContext | undefined, message: string, userGesture = false): Promise<unknown> {
    if (context === undefined) return undefined;
    const call = this.session.send('Runtime.callFunctionOn', {
      functionDeclaration: `function (text) { return globalThis[${JSON.stringify(this.#scripts.names.receive)}](text); }`,
      uniqueContextId: context.uniqueId,
      arguments: [{ value: message }],
      silent: true,
      returnByValue: true,
      userGesture,
    });
    const answer = await call.catch(() => undefined);
    return answer?.result.value;
  }
}
