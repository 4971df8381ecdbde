/** No event of the contract needs a right so far: here one does, so that the day one needs it finds the door shut. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEvents } from '../../../electron/ipc/events.ts';
import type { EventsNeeds } from '../../../electron/ipc/events.ts';
import { EVENTS } from '../../../shared/contract.ts';
import { LockByHand, RightsByHand } from './desk-double.ts';

const specs = {
  ...EVENTS,
  'reading.progress': { ...EVENTS['reading.progress'], right: 'signedIn' },
} as const;

const payload = { what: 'logs', reached: 1, last: 2 };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an event that needs somebody signed in', () => {
  it('is told to them', () => {
    const rights = new RightsByHand();
    rights.isSignedIn = true;
    const send = vi.fn<EventsNeeds['send']>();

    createEvents({ lock: new LockByHand(), send, rights, specs }).emit('reading.progress', payload);

    expect(send).toHaveBeenCalledOnce();
  });

  it('is not told to anybody else, while others are', () => {
    const send = vi.fn<EventsNeeds['send']>();
    const events = createEvents({ lock: new LockByHand(), send, rights: new RightsByHand(), specs });

    events.emit('reading.progress', payload);
    events.emit('wizard.changed', { step: 'none' });
    vi.runAllTimers();

    expect(send.mock.calls).toEqual([['wizard.changed', { step: 'none' }]]);
  });

  it('is not told late to who has signed out in between', () => {
    const rights = new RightsByHand();
    rights.isSignedIn = true;
    const send = vi.fn<EventsNeeds['send']>();
    const events = createEvents({ lock: new LockByHand(), send, rights, specs });

    events.emit('reading.progress', payload);
    events.emit('reading.progress', { ...payload, reached: 2 });
    rights.isSignedIn = false;
    vi.runAllTimers();

    expect(send).toHaveBeenCalledOnce();
  });
});
