import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEvents } from '../../../electron/ipc/events.ts';
import type { Events } from '../../../electron/ipc/events.ts';
import type { CallRecord } from '../../../electron/ipc/log.ts';
import type { EventName } from '../../../shared/contract-names.ts';
import type { ReadingProgress } from '../../../shared/desk-state.ts';
import { LockByHand, RightsByHand } from './desk-double.ts';

const rights = new RightsByHand();
let sent: { name: EventName; payload: unknown }[];
let logged: CallRecord[];
let events: Events;

function reached(block: number): ReadingProgress {
  return { what: 'logs', reached: block, last: 1000 };
}
const reachedSent = () => sent.map(({ payload }) => (payload as ReadingProgress).reached);

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  logged = [];
  events = createEvents({
    lock: new LockByHand(),
    send: (name, payload) => sent.push({ name, payload }),
    rights,
    log: { record: (call) => logged.push(call) },
  });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an event', () => {
  it('is told at once', () => {
    events.emit('reading.progress', reached(1));

    expect(sent).toEqual([{ name: 'reading.progress', payload: reached(1) }]);
  });

  it('that is not in the form of the contract is not told, and does not trouble who emits it', () => {
    const withSecret = { ...reached(1), passphrase: 'hunter2' };

    events.emit('reading.progress', withSecret);

    expect(sent).toEqual([]);
    expect(logged).toEqual([{ name: 'reading.progress', code: 'OUTPUT_INVALID', milliseconds: 0 }]);
  });

  it('that finds no window does not trouble who emits it, and the next is told again', () => {
    let broken = true;
    events = createEvents({
      lock: new LockByHand(),
      send: (name, payload) => {
        if (broken) throw new Error('no window');
        sent.push({ name, payload });
      },
      rights,
    });

    events.emit('reading.progress', reached(1));
    broken = false;
    events.emit('reading.progress', reached(2));
    vi.runAllTimers();

    expect(reachedSent()).toEqual([2]);
  });
});

describe('a burst', () => {
  it('becomes its first and its last', () => {
    for (let block = 1; block <= 500; block += 1) events.emit('reading.progress', reached(block));
    vi.runAllTimers();

    expect(reachedSent()).toEqual([1, 500]);
  });

  it('that goes on is told about ten times a second, and its last is never lost', () => {
    for (let block = 1; block <= 1000; block += 1) {
      events.emit('reading.progress', reached(block));
      vi.advanceTimersByTime(1);
    }
    vi.runAllTimers();

    expect(sent.length).toBeGreaterThanOrEqual(9);
    expect(sent.length).toBeLessThanOrEqual(12);
    expect(reachedSent().at(-1)).toBe(1000);
  });

  it('of one name does not hold another up', () => {
    events.emit('reading.progress', reached(1));
    events.emit('wizard.changed', { step: 'none' });

    expect(sent.map(({ name }) => name)).toEqual(['reading.progress', 'wizard.changed']);
  });

  it('leaves no timer behind once it is over', () => {
    events.emit('reading.progress', reached(1));
    events.emit('reading.progress', reached(2));
    vi.runAllTimers();

    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('closing', () => {
  it('tells nothing any more and leaves no timer', () => {
    events.emit('reading.progress', reached(1));
    events.emit('reading.progress', reached(2));
    events.close();
    events.emit('reading.progress', reached(3));
    const timers = vi.getTimerCount();
    vi.runAllTimers();

    expect(timers).toBe(0);
    expect(reachedSent()).toEqual([1]);
  });
});
