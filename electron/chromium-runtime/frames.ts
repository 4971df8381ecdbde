import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from './cdp-session.ts';
import { shownOrigin, shownUrl } from './origin-map.ts';

/** The document that a message came from: one world of one frame, as long as it lasts. */
export interface WorldContext {
  readonly id: number;
  readonly uniqueId: string;
  readonly frameId: string;
}

/** A frame of a page, as main sees it in `event.senderFrame`; see Electron's WebFrameMain. */
export interface FrameView {
  readonly url: string;
  /** Such as `app://desk`; `null` in words for an opaque one. */
  readonly origin: string;
  readonly parent: FrameView | null;
  readonly top: FrameView | null;
  isDestroyed(): boolean;
}

class Frame implements FrameView {
  url = '';
  origin = 'null';
  gone = false;
  readonly parent: Frame | null;

  constructor(parent: Frame | null) {
    this.parent = parent;
  }

  get top(): FrameView {
    return this.parent?.top ?? this;
  }

  isDestroyed(): boolean {
    return this.gone;
  }
}

/** Knows a page's frames, and which document each message comes from. */
export class Frames {
  readonly #frames = new Map<string, Frame>();
  readonly #contexts = new Map<number, WorldContext>();
  readonly #mainId: string;
  readonly #world: string;

  constructor(session: CdpSession, mainId: string, world: string) {
    this.#mainId = mainId;
    this.#world = world;
    this.#frames.set(mainId, new Frame(null));
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => this.#attach(frameId, parentFrameId));
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.#remove(frameId);
    });
    session.on('Page.frameNavigated', ({ frame }) => this.#navigated(frame));
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.#frames.get(frameId);
      if (frame !== undefined) frame.url = shownUrl(url);
    });
    session.on('Runtime.executionContextCreated', ({ context }) => this.#started(context));
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#contexts.delete(executionContextId),
    );
    session.on('Runtime.executionContextsCleared', () => this.#contexts.clear());
    session.on('Inspector.targetCrashed', () => this.#contexts.clear());
  }

  get main(): FrameView | undefined {
    return this.#frames.get(this.#mainId);
  }

  has(frameId: string): boolean {
    return this.#frames.has(frameId);
  }

  isMain(frameId: string): boolean {
    return frameId === this.#mainId;
  }

  frame(frameId: string): FrameView | undefined {
    return this.#frames.get(frameId);
  }

  context(id: number): WorldContext | undefined {
    return this.#contexts.get(id);
  }

  /** The world of the preload in the top frame; undefined while there is no document. */
  get mainContext(): WorldContext | undefined {
    return [...this.#contexts.values()].findLast((context) => context.frameId === this.#mainId);
  }

  /** The frame of a document; null once that document is gone. */
  frameOf(context: WorldContext): FrameView | null {
    if (this.#contexts.get(context.id)?.uniqueId !== context.uniqueId) return null;
    return this.#frames.get(context.frameId) ?? null;
  }

  #attach(frameId: string, parentId: string): void {
    const parent = this.#frames.get(parentId);
    if (parent !== undefined && !this.#frames.has(frameId)) this.#frames.set(frameId, new Frame(parent));
  }

  #navigated(one: Protocol.Page.Frame): void {
    if (one.parentId !== undefined) this.#attach(one.id, one.parentId);
    const frame = this.#frames.get(one.id);
    if (frame === undefined) return;
    frame.url = shownUrl(`${one.url}${one.urlFragment ?? ''}`);
    frame.origin = shownOrigin(one.securityOrigin);
  }

  #remove(frameId: string): void {
    const frame = this.#frames.get(frameId);
    if (frame === undefined) return;
    frame.gone = true;
    this.#frames.delete(frameId);
    for (const [id, child] of this.#frames) if (child.parent === frame) this.#remove(id);
  }

  #started(context: Protocol.Runtime.ExecutionContextDescription): void {
    if (context.name !== this.#world) return;
    const frameId = (context.auxData as { readonly frameId?: string } | undefined)?.frameId;
    if (frameId === undefined) return;
    this.#contexts.set(context.id, { id: context.id, uniqueId: context.uniqueId, frameId });
    const frame = this.#frames.get(frameId);
    // A world starts before its document is reported as navigated to.
    if (frame !== undefined) frame.origin = shownOrigin(context.origin);
  }
}
