/** A clock that a test moves: its timers fire in order, each at its own time. */
import type { LockClock } from '../../../electron/operator/lock-clock.ts';

interface Timer {
  readonly at: number;
  readonly call: () => void;
}

export class ClockDouble implements LockClock {
  #wall = Date.parse('2026-03-01T08:00:00Z');
  #elapsed = 1_000;
  #timers = new Set<Timer>();

  wall = (): number => this.#wall;
  elapsed = (): number => this.#elapsed;

  after = (milliseconds: number, call: () => void): (() => void) => {
    const timer = { at: this.#elapsed + milliseconds, call };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  get waiting(): number {
    return this.#timers.size;
  }

  /** Time passes, and whatever is due by then is called. */
  pass(milliseconds: number): void {
    const end = this.#elapsed + milliseconds;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#go(next.at - this.#elapsed);
      this.#timers.delete(next);
      next.call();
    }
    this.#go(end - this.#elapsed);
  }

  /** Time passes, and no timer is called: the process stands still, or the machine sleeps on a system that counts on. */
  stall(milliseconds: number): void {
    this.#go(milliseconds);
  }

  /** The machine sleeps on a system whose other clock stands still meanwhile; also a calendar that is set. */
  shift(milliseconds: number): void {
    this.#wall += milliseconds;
  }

  /** Calls what is overdue. */
  catchUp(): void {
    this.pass(0);
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }

  #go(milliseconds: number): void {
    const forward = Math.max(0, milliseconds);
    this.#elapsed += forward;
    this.#wall += forward;
  }
}
