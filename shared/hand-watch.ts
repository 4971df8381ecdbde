/**
 * Tells a hand from a script. A preload watches its window with this, apart from the page: what a page makes up for
 * itself is no hand, or a taken-over page could keep the desk from locking for ever.
 */

/** What is looked at of an event; keys have `repeat`, pointers a place on the screen. */
export interface HandEvent {
  readonly type: string;
  /** False for whatever a script dispatched. A page cannot set it, and not change how another world reads it. */
  readonly isTrusted: boolean;
  /** Milliseconds on a clock that only goes forward. */
  readonly timeStamp: number;
  readonly repeat?: boolean;
  readonly screenX?: number;
  readonly screenY?: number;
}

/** The part of a window's global object that is listened at. */
export interface Surface {
  addEventListener(
    type: string,
    listener: (event: HandEvent) => void,
    options: { readonly capture: true; readonly passive: true },
  ): void;
}

export const HAND_EVENTS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Main is told at most once in so many milliseconds: it asks whether somebody is there, not what they do. */
export const HAND_PAUSE_MS = 5_000;

/**
 * Watches for keys, pointer and wheel, before any script of the page can stop them.
 * @param tell is given nothing of what was typed or pointed at.
 */
export function watchHands(surface: Surface, tell: () => void): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  let place = '';

  /** A key that lies pressed down is no hand, and a window that moves under a resting pointer is none either. */
  function isHand(event: HandEvent): boolean {
    if (!event.isTrusted || event.repeat === true) return false;
    if (event.type !== 'pointermove') return true;
    const before = place;
    place = `${event.screenX} ${event.screenY}`;
    return place !== before;
  }

  function seen(event: HandEvent): void {
    if (!isHand(event) || event.timeStamp - toldAt < HAND_PAUSE_MS) return;
    toldAt = event.timeStamp;
    tell();
  }

  for (const type of HAND_EVENTS) surface.addEventListener(type, seen, { capture: true, passive: true });
}
