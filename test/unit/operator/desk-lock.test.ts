import { describe, expect, it } from 'vitest';
import { createDeskLock, type OrderedCause } from '../../../electron/operator/desk-lock.ts';
import { ClockDouble } from './clock-double.ts';

const ADA = 'O-00000000aa';
const SECOND = 1_000;
const IDLE = 300 * SECOND;
const SIGNER = 3_600 * SECOND;

interface Faults {
  readonly busy?: boolean;
  readonly audit?: boolean;
  readonly takeKeyAway?: boolean;
}

function scene(faults: Faults = {}, signerWhileIdleSeconds = 3_600) {
  const clock = new ClockDouble();
  /** What was told, in order. */
  const told: string[] = [];
  const work = { busy: false, asked: false, faults: { ...faults } };
  const fail = (what: keyof Faults): void => {
    if (work.faults[what] === true) throw new Error(what);
  };
  const lock = createDeskLock(
    { idleLockSeconds: 300, signerWhileIdleSeconds },
    {
      clock,
      busy() {
        fail('busy');
        return work.busy;
      },
      changed: () => told.push('changed'),
      left() {
        work.asked = false;
      },
      takeKeyAway(cause) {
        told.push(`key away: ${cause}`);
        fail('takeKeyAway');
      },
      audit({ kind, fields }) {
        fail('audit');
        told.push(`${kind} ${fields.operatorId}${'cause' in fields ? ` ${fields.cause}` : ''}`);
      },
      fault: (thrown) => told.push(`fault: ${String(thrown)}`),
    },
  );
  return { clock, told, work, lock };
}

/** A desk at which somebody is signed in; what was told until then is forgotten. */
function openDesk(...parts: Parameters<typeof scene>) {
  const opened = scene(...parts);
  opened.lock.signedIn(ADA);
  opened.told.length = 0;
  return opened;
}

describe('a desk at which nobody is signed in', () => {
  it('has nothing to lock, and waits for nothing', () => {
    const { lock, clock, told } = scene();
    lock.handSeen();
    lock.lock('manual');
    lock.unlocked();
    lock.workEnded();
    lock.signedOut();
    clock.pass(10 * IDLE);
    expect(lock.state()).toMatchObject({ kind: 'signed_out', cause: null, keyHeld: false });
    expect(told).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('opens by signing in, and waits no more after signing out', () => {
    const { lock, clock, told } = scene();
    lock.signedIn(ADA);
    expect(lock.state()).toEqual({
      kind: 'open',
      cause: null,
      since: '2026-03-01T08:00:00.000Z',
      keyHeld: true,
    });
    lock.signedOut();
    expect(lock.state()).toMatchObject({ kind: 'signed_out', keyHeld: false });
    expect(told).toEqual(['changed', 'changed']);
    expect(clock.waiting).toBe(0);
  });
});

describe('a desk without a hand on it', () => {
  it('hides after the time that policy names, and not before', () => {
    const { lock, clock, told } = openDesk();
    clock.pass(IDLE - 1);
    expect(lock.state().kind).toBe('open');
    clock.pass(1);
    expect(lock.state()).toEqual({
      kind: 'hidden',
      cause: 'idle',
      since: '2026-03-01T08:05:00.000Z',
      keyHeld: false,
    });
    expect(told).toEqual(['key away: idle', `desk_locked ${ADA} idle`, 'changed']);
  });

  it('hides and gives the key away, where it cannot be told whether a plan is being executed', () => {
    const { lock, clock, told, work } = openDesk({ busy: true });
    clock.pass(IDLE);
    expect(lock.state()).toMatchObject({ kind: 'hidden', keyHeld: false });
    expect(told).toEqual(['fault: Error: busy', 'key away: idle', `desk_locked ${ADA} idle`, 'changed']);
    expect(work.faults.busy).toBe(true);
  });

  it('gives the key away while hidden, from when on that cannot be told', () => {
    const { lock, clock, told, work } = openDesk();
    work.busy = true;
    clock.pass(IDLE);
    expect(lock.state()).toMatchObject({ kind: 'hidden', keyHeld: true });
    work.faults = { busy: true };
    told.length = 0;
    lock.workEnded();
    expect(lock.state()).toMatchObject({ kind: 'hidden', keyHeld: false });
    expect(told).toEqual(['fault: Error: busy', 'key away: idle']);
  });

  it('gives up what was being asked there, and not what is asked of a hidden desk: that opens it', () => {
    const { lock, clock, work } = openDesk();
    work.busy = true;
    work.asked = true;
    clock.pass(IDLE);
    expect(work.asked).toBe(false);
    work.asked = true;
    lock.lock('manual');
    expect(work.asked).toBe(true);
    lock.unlocked();
    lock.lock('screen_lock');
    expect(work.asked).toBe(false);
  });

  it('counts from the last hand', () => {
    const { lock, clock } = openDesk();
    clock.pass(IDLE - 1);
    lock.handSeen();
    clock.pass(IDLE - 1);
    expect(lock.state().kind).toBe('open');
    clock.pass(1);
    expect(lock.state().kind).toBe('hidden');
  });

  it('is not opened by a hand', () => {
    const { lock, clock, told } = openDesk();
    clock.pass(IDLE);
    told.length = 0;
    lock.handSeen();
    expect(lock.state().kind).toBe('hidden');
    lock.lock('manual');
    lock.handSeen();
    expect(lock.state().kind).toBe('locked');
    expect(told).toEqual([`desk_locked ${ADA} manual`, 'changed']);
  });

  it('counts without regard to a calendar that is set back', () => {
    const { lock, clock } = openDesk();
    clock.pass(IDLE - SECOND);
    clock.shift(-3_600 * SECOND);
    clock.pass(SECOND);
    expect(lock.state().kind).toBe('hidden');
  });

  it('is hidden also for a call that comes before a timer which is late', () => {
    const { lock, clock } = openDesk();
    clock.pass(IDLE - SECOND);
    clock.stall(2 * SECOND);
    expect(lock.state().kind).toBe('hidden');
  });

  it('and for a hand that comes before it', () => {
    const { lock, clock, told } = openDesk();
    clock.pass(IDLE - SECOND);
    clock.stall(2 * SECOND);
    lock.handSeen();
    expect(told).toContain(`desk_locked ${ADA} idle`);
  });
});

describe('a hidden desk that executes a confirmed plan', () => {
  function working(signerWhileIdleSeconds?: number) {
    const opened = openDesk({}, signerWhileIdleSeconds);
    opened.work.busy = true;
    opened.clock.pass(IDLE);
    return opened;
  }

  it('keeps the key to sign it', () => {
    const { lock, clock, told } = working();
    expect(told).toEqual([`desk_locked ${ADA} idle`, 'changed']);
    clock.pass(SIGNER - 1);
    expect(lock.state()).toMatchObject({ kind: 'hidden', keyHeld: true });
  });

  it('for as long as policy allows', () => {
    const { lock, clock, told } = working();
    told.length = 0;
    clock.pass(SIGNER);
    expect(lock.state()).toMatchObject({ kind: 'locked', cause: 'signer_time', keyHeld: false });
    expect(told).toEqual(['key away: signer_time', `desk_locked ${ADA} signer_time`, 'changed']);
  });

  it('not at all, where policy says so', () => {
    const { lock } = working(0);
    expect(lock.state()).toMatchObject({ kind: 'locked', cause: 'signer_time', keyHeld: false });
  });

  it('and until it ends', () => {
    const { lock, work, told } = working();
    told.length = 0;
    work.busy = false;
    lock.workEnded();
    expect(lock.state()).toMatchObject({ kind: 'hidden', cause: 'idle', keyHeld: false });
    expect(told).toEqual(['key away: idle']);
  });

  it('which it also notices by itself', () => {
    const { lock, work, clock } = working();
    work.busy = false;
    clock.pass(5 * SECOND);
    expect(lock.state()).toMatchObject({ kind: 'hidden', keyHeld: false });
  });

  it.each<OrderedCause>(['manual', 'screen_lock', 'suspend', 'session_ended'])(
    'loses the key by %s',
    (cause) => {
      const { lock, told } = working();
      told.length = 0;
      lock.lock(cause);
      expect(lock.state()).toMatchObject({ kind: 'locked', cause, keyHeld: false });
      expect(told).toEqual([`key away: ${cause}`, `desk_locked ${ADA} ${cause}`, 'changed']);
    },
  );

  it('keeps the key until then when it is unlocked', () => {
    const { lock, told } = working();
    told.length = 0;
    lock.unlocked();
    expect(lock.state()).toMatchObject({ kind: 'open', keyHeld: true });
    expect(told).toEqual([`desk_unlocked ${ADA}`, 'changed']);
  });
});

describe('locking', () => {
  it.each<OrderedCause>(['manual', 'screen_lock', 'suspend', 'session_ended'])(
    'by %s takes the key away at once',
    (cause) => {
      const { lock, work, told } = openDesk();
      work.busy = true;
      lock.lock(cause);
      expect(told).toEqual([`key away: ${cause}`, `desk_locked ${ADA} ${cause}`, 'changed']);
      expect(lock.state()).toMatchObject({ kind: 'locked', cause, keyHeld: false });
    },
  );

  it('is done once: what locked first stays the cause', () => {
    const { lock, told } = openDesk();
    lock.lock('manual');
    lock.lock('suspend');
    expect(lock.state()).toMatchObject({ kind: 'locked', cause: 'manual' });
    expect(told).toHaveLength(3);
  });

  it('holds where the log cannot be written', () => {
    const { lock, told } = openDesk({ audit: true });
    lock.lock('manual');
    expect(lock.state()).toMatchObject({ kind: 'locked', keyHeld: false });
    expect(told).toEqual(['key away: manual', 'fault: Error: audit', 'changed']);
  });

  it('is told where the key could not be closed', () => {
    const { lock, told } = openDesk({ takeKeyAway: true });
    lock.lock('manual');
    expect(lock.state()).toMatchObject({ kind: 'locked', keyHeld: false });
    expect(told).toEqual([
      'key away: manual',
      'fault: Error: takeKeyAway',
      `desk_locked ${ADA} manual`,
      'changed',
    ]);
  });
});

describe('unlocking', () => {
  it('opens the desk, and counts anew', () => {
    const { lock, clock, told } = openDesk();
    lock.lock('screen_lock');
    clock.pass(10 * IDLE);
    told.length = 0;
    lock.unlocked();
    expect(told).toEqual([`desk_unlocked ${ADA}`, 'changed']);
    clock.pass(IDLE - 1);
    expect(lock.state()).toMatchObject({ kind: 'open', keyHeld: true });
    clock.pass(1);
    expect(lock.state().kind).toBe('hidden');
  });

  it('that cannot be written down does not happen', () => {
    const { lock, work } = openDesk();
    lock.lock('manual');
    work.faults = { audit: true };
    expect(() => lock.unlocked()).toThrow('audit');
    expect(lock.state()).toMatchObject({ kind: 'locked', keyHeld: false });
  });

  it('of an open desk is nothing', () => {
    const { lock, told } = openDesk();
    lock.unlocked();
    expect(told).toEqual([]);
  });
});

describe('sleep that nobody told of', () => {
  it.each([
    ['that one clock counts', (clock: ClockDouble) => clock.shift(60 * SECOND)],
    ['that both clocks count', (clock: ClockDouble) => clock.stall(60 * SECOND)],
  ])('%s locks, and takes the key away', (_which, sleeps) => {
    const { lock, clock, work, told } = openDesk();
    work.busy = true;
    clock.pass(7 * SECOND);
    sleeps(clock);
    clock.pass(5 * SECOND);
    expect(lock.state()).toMatchObject({ kind: 'locked', cause: 'suspend', keyHeld: false });
    expect(told[0]).toBe('key away: suspend');
  });

  it('is noticed by a hand that comes before the timer', () => {
    const { lock, clock, told } = openDesk();
    clock.pass(7 * SECOND);
    clock.shift(60 * SECOND);
    lock.handSeen();
    expect(told).toContain(`desk_locked ${ADA} suspend`);
  });

  it('is not what a machine that has much to do looks like', () => {
    const { lock, clock } = openDesk();
    for (let count = 0; count < 5; count += 1) {
      clock.stall(25 * SECOND);
      clock.catchUp();
    }
    expect(lock.state().kind).toBe('open');
  });

  it('of a hidden desk that still signs takes the key away', () => {
    const { lock, clock, work } = openDesk();
    work.busy = true;
    clock.pass(IDLE + 7 * SECOND);
    clock.shift(60 * SECOND);
    clock.pass(5 * SECOND);
    expect(lock.state()).toMatchObject({ kind: 'locked', cause: 'suspend', keyHeld: false });
  });

  it('while it was locked does not lock it again once it is unlocked', () => {
    const { lock, clock } = openDesk();
    lock.lock('suspend');
    clock.shift(8 * 3_600 * SECOND);
    lock.unlocked();
    clock.pass(10 * SECOND);
    expect(lock.state().kind).toBe('open');
  });
});

describe('whoever listens', () => {
  it('may ask for the state from within, and sees what it is by then', () => {
    const clock = new ClockDouble();
    const seen: string[] = [];
    const lock = createDeskLock(
      { idleLockSeconds: 300, signerWhileIdleSeconds: 0 },
      {
        clock,
        busy: () => true,
        changed: () => seen.push(lock.state().kind),
        left: () => seen.push(lock.state().kind),
        takeKeyAway: () => seen.push(lock.state().kind),
        audit: () => undefined,
        fault: (thrown) => seen.push(String(thrown)),
      },
    );
    lock.signedIn(ADA);
    clock.pass(IDLE);
    expect(seen.at(0)).toBe('open');
    expect(seen.slice(1)).not.toContain('open');
    expect(lock.state()).toMatchObject({ kind: 'locked', cause: 'signer_time' });
  });
});
