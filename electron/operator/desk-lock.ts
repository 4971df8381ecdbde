/**
 * The lock of the desk: open, hidden after a while without a hand, or locked. It says when the key is to be taken away;
 * whoever holds the key does it. It must never open by itself: `unlocked` is called after fresh proof, by its caller.
 */
import type { AuditEvent } from '../../shared/audit.ts';
import type { LockCause } from '../../shared/operator.ts';
import type { Policy } from '../../shared/policy.ts';
import { isoTime } from '../../shared/values.ts';
import type { LockClock } from './lock-clock.ts';
import { createSleepWatch, LOOK_MS } from './sleep-watch.ts';

/** What somebody or something outside locks for. */
export type OrderedCause = Extract<LockCause, 'manual' | 'screen_lock' | 'suspend' | 'session_ended'>;

type Standing =
  | { readonly kind: 'signed_out' | 'open'; readonly cause: null }
  /** The window shows only that it is locked. */
  | { readonly kind: 'hidden'; readonly cause: 'idle' }
  | { readonly kind: 'locked'; readonly cause: OrderedCause | 'signer_time' };

export type LockState = Standing & {
  /** Since when, an ISO time. */
  readonly since: string;
  /** Whether the operator's key may be there. False from the moment on at which it was to be taken away. */
  readonly keyHeld: boolean;
};

export interface DeskLockNeeds {
  readonly clock: LockClock;
  /** Whether a confirmed plan is being executed, or is about to be. What it throws is taken for no. */
  busy(): boolean;
  /** The state is another one. */
  changed(): void;
  /** Nobody is there for what is being asked: it is to be given up. What a hidden desk asks is what opens it, and stays. */
  left(): void;
  /** The key is to be closed and overwritten before this returns. */
  takeKeyAway(cause: LockCause): void;
  audit(event: Extract<AuditEvent, { readonly kind: 'desk_locked' | 'desk_unlocked' }>): void;
  /** What went wrong with telling of a lock that holds all the same. */
  fault(thrown: unknown): void;
}

export interface DeskLock {
  state(): LockState;
  /** A person has a hand on the desk (shell's `onHand`). It unlocks nothing. */
  handSeen(): void;
  /** Locks and takes the key away, also from a desk that is hidden. Nothing where nobody is signed in. */
  lock(cause: OrderedCause): void;
  /** Fresh proof was given, and the key is there again. @throws what the audit log throws: then it stays locked. */
  unlocked(): void;
  signedIn(operatorId: string): void;
  /** Who signs out closes the key. */
  signedOut(): void;
  /** An execution came to its end or stands still: a hidden desk has nothing more to sign. */
  workEnded(): void;
}

const SECOND = 1_000;

export function createDeskLock(
  limits: Pick<Policy, 'idleLockSeconds' | 'signerWhileIdleSeconds'>,
  needs: DeskLockNeeds,
): DeskLock {
  const { clock } = needs;
  const sleep = createSleepWatch(clock);
  let standing: Standing = { kind: 'signed_out', cause: null };
  let since = clock.wall();
  let operatorId: string | null = null;
  let keyHeld = false;
  /** On the clock that only goes forward: the last hand while open, the hiding while hidden. */
  let from = 0;
  let callOff: () => void = () => undefined;

  /** Whatever cannot be told or written, the lock holds. */
  function attempt(act: () => void): void {
    try {
      act();
    } catch (thrown) {
      needs.fault(thrown);
    }
  }

  /** SECURITY: where it cannot be told, nothing is: the key goes. */
  function atWork(): boolean {
    let busy = false;
    attempt(() => {
      busy = needs.busy();
    });
    return busy;
  }

  function stand(next: Standing): void {
    standing = next;
    since = clock.wall();
    from = clock.elapsed();
  }

  function takeKey(cause: LockCause): void {
    if (!keyHeld) return;
    keyHeld = false;
    attempt(() => needs.takeKeyAway(cause));
  }

  function close(next: Extract<Standing, { kind: 'hidden' | 'locked' }>, keepKey: boolean): void {
    const who = operatorId;
    if (who === null) return;
    const wasOpen = standing.kind === 'open';
    stand(next);
    // SECURITY: the key goes first: what follows may fail.
    if (!keepKey) takeKey(next.cause);
    if (wasOpen) attempt(() => needs.left());
    const at = isoTime(new Date(since));
    attempt(() => needs.audit({ kind: 'desk_locked', at, fields: { operatorId: who, cause: next.cause } }));
    attempt(() => needs.changed());
  }

  function open(id: string): void {
    operatorId = id;
    keyHeld = true;
    stand({ kind: 'open', cause: null });
    sleep.restart();
    wait();
    attempt(() => needs.changed());
  }

  /** Milliseconds until the next thing happens by itself; null where nothing does. */
  function due(): number | null {
    const isOpen = standing.kind === 'open';
    if (!isOpen && (standing.kind !== 'hidden' || !keyHeld)) return null;
    const limit = isOpen ? limits.idleLockSeconds : limits.signerWhileIdleSeconds;
    return Math.max(0, from + limit * SECOND - clock.elapsed());
  }

  function wait(): void {
    callOff();
    const next = due();
    callOff = next === null ? () => undefined : clock.after(Math.min(next, LOOK_MS), look);
  }

  /** Does what is due by now, also where a timer is late. */
  function look(): void {
    const before = due();
    if (before === null) return;
    if (sleep.slept()) {
      close({ kind: 'locked', cause: 'suspend' }, false);
    } else if (standing.kind === 'open') {
      if (before === 0) close({ kind: 'hidden', cause: 'idle' }, atWork());
    } else if (before === 0) {
      close({ kind: 'locked', cause: 'signer_time' }, false);
    } else if (!atWork()) {
      takeKey('idle');
    }
    wait();
  }

  return {
    state() {
      // A call that comes before a late timer finds the desk as it should be by now.
      look();
      return { ...standing, since: isoTime(new Date(since)), keyHeld };
    },
    handSeen() {
      look();
      if (standing.kind === 'open') from = clock.elapsed();
    },
    lock(cause) {
      if (standing.kind !== 'open' && standing.kind !== 'hidden') return;
      close({ kind: 'locked', cause }, false);
      wait();
    },
    unlocked() {
      const who = operatorId;
      if (who === null || standing.kind === 'open') return;
      const at = isoTime(new Date(clock.wall()));
      needs.audit({ kind: 'desk_unlocked', at, fields: { operatorId: who } });
      open(who);
    },
    signedIn: open,
    signedOut() {
      if (operatorId === null) return;
      operatorId = null;
      keyHeld = false;
      stand({ kind: 'signed_out', cause: null });
      wait();
      attempt(() => needs.changed());
    },
    workEnded: look,
  };
}
