/** The lock held against a simpler account of itself: sums of seconds in place of clocks and timers. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeskLock, type LockState, type OrderedCause } from '../../../electron/operator/desk-lock.ts';
import { ClockDouble } from './clock-double.ts';

const SECOND = 1_000;
const SLEEP = 3_600;
const OPERATORS = ['O-00000000aa', 'O-00000000bb'] as const;
const CAUSES: readonly OrderedCause[] = ['manual', 'screen_lock', 'suspend', 'session_ended'];

type Act =
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'sleep' | 'stall' | 'hand' | 'unlocked' | 'out' | 'ended' }
  | { readonly do: 'lock'; readonly cause: OrderedCause }
  | { readonly do: 'in'; readonly who: string }
  | { readonly do: 'busy'; readonly busy: boolean };

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass'), seconds: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 4, arbitrary: fc.constant<Act>({ do: 'hand' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Act>(
      { do: 'sleep' },
      { do: 'stall' },
      { do: 'unlocked' },
      { do: 'unlocked' },
      { do: 'out' },
      { do: 'ended' },
    ),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lock'), cause: fc.constantFrom(...CAUSES) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('in'), who: fc.constantFrom(...OPERATORS) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('busy'), busy: fc.boolean() }) },
);

/** The account: where the desk stands, how long without a hand or hidden, and what was told. */
class Model {
  kind: LockState['kind'] = 'signed_out';
  cause: LockState['cause'] = null;
  who = '';
  key = false;
  seconds = 0;
  /** Until the clocks are looked at next: a hidden desk learns only then that the work has ended. */
  busy = false;
  readonly told: string[] = [];
  readonly idle: number;
  readonly signer: number;

  constructor(idle: number, signer: number) {
    this.idle = idle;
    this.signer = signer;
  }

  get awake(): boolean {
    return this.kind === 'open' || (this.kind === 'hidden' && this.key);
  }

  takeKey(cause: string): void {
    if (this.key) this.told.push(`key away ${cause}`);
    this.key = false;
  }

  close(kind: 'hidden' | 'locked', cause: NonNullable<LockState['cause']>): void {
    this.kind = kind;
    this.cause = cause;
    this.seconds = 0;
    if (kind === 'locked' || !this.busy) this.takeKey(cause);
    this.told.push(`locked ${this.who} ${cause}`);
  }

  open(who: string): void {
    Object.assign(this, { kind: 'open', cause: null, who, key: true, seconds: 0 });
  }

  /** What is due by now. */
  settle(): void {
    if (this.kind === 'open' && this.seconds >= this.idle) this.close('hidden', 'idle');
    if (this.kind !== 'hidden' || !this.key) return;
    if (this.seconds >= this.signer) this.close('locked', 'signer_time');
    else if (!this.busy) this.takeKey('idle');
  }

  act(act: Act): void {
    switch (act.do) {
      case 'pass':
        for (let count = 0; count < act.seconds; count += 1) {
          this.seconds += 1;
          this.settle();
        }
        return;
      case 'sleep':
      case 'stall':
        if (this.awake) this.close('locked', 'suspend');
        return;
      case 'hand':
        if (this.kind === 'open') this.seconds = 0;
        return;
      case 'lock':
        if (this.kind === 'open' || this.kind === 'hidden') this.close('locked', act.cause);
        return;
      case 'unlocked':
        if (this.kind !== 'hidden' && this.kind !== 'locked') return;
        this.told.push(`unlocked ${this.who}`);
        this.open(this.who);
        return;
      case 'in':
        this.open(act.who);
        return;
      case 'out':
        Object.assign(this, { kind: 'signed_out', cause: null, key: false });
        return;
      case 'busy':
        this.busy = act.busy;
        return;
      case 'ended':
        this.settle();
    }
  }
}

function perform(lock: ReturnType<typeof createDeskLock>, clock: ClockDouble, act: Act): void {
  switch (act.do) {
    case 'pass':
      clock.pass(act.seconds * SECOND);
      return;
    case 'sleep':
      clock.shift(SLEEP * SECOND);
      return;
    case 'stall':
      clock.stall(SLEEP * SECOND);
      return;
    case 'hand':
      lock.handSeen();
      return;
    case 'lock':
      lock.lock(act.cause);
      return;
    case 'unlocked':
      lock.unlocked();
      return;
    case 'in':
      lock.signedIn(act.who);
      return;
    case 'out':
      lock.signedOut();
      return;
    case 'busy':
      return;
    case 'ended':
      lock.workEnded();
  }
}

describe('the lock of the desk', () => {
  it('stands, tells and keeps the key as its account says, whatever happens in whatever order', () => {
    const limits = fc.record({
      idle: fc.integer({ min: 10, max: 120 }),
      signer: fc.integer({ min: 0, max: 120 }),
    });
    const steps = fc.array(acts, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(limits, steps, ({ idle, signer }, all) => {
        const clock = new ClockDouble();
        const model = new Model(idle, signer);
        const told: string[] = [];
        const lock = createDeskLock(
          { idleLockSeconds: idle, signerWhileIdleSeconds: signer },
          {
            clock,
            busy: () => model.busy,
            changed: () => undefined,
            left: () => undefined,
            takeKeyAway: (cause) => told.push(`key away ${cause}`),
            audit: ({ kind, fields }) =>
              told.push(
                'cause' in fields
                  ? `locked ${fields.operatorId} ${fields.cause}`
                  : `${kind === 'desk_unlocked' ? 'unlocked' : kind} ${fields.operatorId}`,
              ),
            fault: (thrown) => told.push(`fault ${String(thrown)}`),
          },
        );
        // Whoever signs in does it on a machine that is awake.
        lock.signedIn(OPERATORS[0]);
        model.act({ do: 'in', who: OPERATORS[0] });
        for (const act of all) {
          perform(lock, clock, act);
          model.act(act);
          const { kind, cause, keyHeld } = lock.state();
          // Asking is looking: what became due, or was noticed only by that, is so in the account, too.
          model.settle();
          expect({ kind, cause, keyHeld }).toEqual({
            kind: model.kind,
            cause: model.cause,
            keyHeld: model.key,
          });
          expect(told).toEqual(model.told);
          expect(clock.waiting).toBe(model.awake ? 1 : 0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
