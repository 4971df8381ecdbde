import { describe, expect, it } from 'vitest';
import { HAND_EVENTS, HAND_PAUSE_MS, watchHands, type HandEvent } from '../../../shared/hand-watch.ts';

type Seen = Omit<HandEvent, 'timeStamp' | 'isTrusted'> & { readonly isTrusted?: boolean };

/** A window, and how often it told of a hand. */
function watched() {
  const listeners = new Map<string, (event: HandEvent) => void>();
  const options: unknown[] = [];
  let told = 0;
  watchHands(
    {
      addEventListener: (type, listener, how) => {
        listeners.set(type, listener);
        options.push(how);
      },
    },
    () => (told += 1),
  );
  /** @returns whether main was told of it. */
  const at = (timeStamp: number, event: Seen): boolean => {
    const before = told;
    listeners.get(event.type)?.({ isTrusted: true, timeStamp, ...event });
    return told > before;
  };
  return { at, options, types: [...listeners.keys()] };
}

describe('a hand on the desk', () => {
  it.each(HAND_EVENTS)('is felt by %s', (type) => {
    expect(watched().at(0, { type, screenX: 1, screenY: 1 })).toBe(true);
  });

  it('is felt before any script of the page can stop it, and stops nothing itself', () => {
    const { types, options } = watched();
    expect(types).toEqual(HAND_EVENTS);
    expect(options).toEqual(HAND_EVENTS.map(() => ({ capture: true, passive: true })));
  });

  it.each(HAND_EVENTS)('is not what a script makes up: %s', (type) => {
    expect(watched().at(0, { type, isTrusted: false, screenX: 1, screenY: 1 })).toBe(false);
  });

  it('is told at most once in five seconds', () => {
    const { at } = watched();
    expect(HAND_PAUSE_MS).toBe(5_000);
    expect(at(1_000, { type: 'keydown' })).toBe(true);
    expect(at(5_999, { type: 'wheel' })).toBe(false);
    expect(at(6_000, { type: 'keydown' })).toBe(true);
    expect(at(10_999, { type: 'pointerdown' })).toBe(false);
  });

  it('is no key that lies pressed down', () => {
    const { at } = watched();
    expect(at(0, { type: 'keydown', repeat: false })).toBe(true);
    expect(at(9_000, { type: 'keydown', repeat: true })).toBe(false);
  });

  it('is no pointer that rests while the window moves under it', () => {
    const { at } = watched();
    expect(at(0, { type: 'pointermove', screenX: 10, screenY: 20 })).toBe(true);
    expect(at(9_000, { type: 'pointermove', screenX: 10, screenY: 20 })).toBe(false);
    expect(at(9_001, { type: 'pointermove', screenX: 11, screenY: 20 })).toBe(true);
  });
});
