import type { LockClock } from './lock-clock.ts';

/** How often the clocks are looked at, in milliseconds. */
export const LOOK_MS = 5_000;
/** How late a look may be on a machine that has much to do, in milliseconds. What lasts longer is taken for sleep. */
const BUSY_MS = 30_000;

export interface SleepWatch {
  /** Begins anew: what was before does not count. */
  restart(): void;
  /** Whether the machine slept, or this process stood still, since it was looked at last. */
  slept(): boolean;
}

/**
 * Notices sleep that nobody told of: the calendar went on while the other clock stood still, or a look that was due every
 * `LOOK_MS` comes far too late. A calendar that is set forward looks the same, and is taken for sleep: it costs an unlock.
 */
export function createSleepWatch(clock: Pick<LockClock, 'wall' | 'elapsed'>): SleepWatch {
  let wall = clock.wall();
  let elapsed = clock.elapsed();

  function passed(): { readonly wall: number; readonly elapsed: number } {
    const since = { wall: clock.wall() - wall, elapsed: clock.elapsed() - elapsed };
    wall += since.wall;
    elapsed += since.elapsed;
    return since;
  }

  return {
    restart: () => void passed(),
    slept() {
      const since = passed();
      return since.elapsed > LOOK_MS + BUSY_MS || since.wall - since.elapsed > BUSY_MS;
    },
  };
}
