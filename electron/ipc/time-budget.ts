/**
 * How much of main's time the window may take. What keeps main from doing anything else is counted, not what waits for a
 * person or for the network: a window that asks for ever gets refusals, and a running recovery goes on.
 */
import { DeskError } from '../../shared/errors.ts';

export interface TimeBounds {
  /** Milliseconds that may be taken at once, after a rest. */
  readonly atOnce: number;
  /** The share of all time that may be taken for good; above 0, below 1. */
  readonly share: number;
}

export interface TimeBudget {
  /** @throws DeskError TOO_MANY_CALLS when the time is used up. */
  require(): void;
  /** Runs something and counts its time, up to its return: what it awaits is not counted. */
  count<T>(work: () => T): T;
}

/** @param now a clock in milliseconds, which never goes back. */
export function createTimeBudget({ atOnce, share }: TimeBounds, now: () => number): TimeBudget {
  let left = atOnce;
  let at = now();

  /** Takes what was used, and gives what came back since. Nobody is shut out for long by one call that took long. */
  function settle(used: number): void {
    const before = at;
    at = now();
    left = Math.max(-atOnce, Math.min(atOnce, left - used + (at - before) * share));
  }

  return {
    require() {
      settle(0);
      if (left <= 0) throw usedUp();
    },
    count(work) {
      const started = now();
      try {
        return work();
      } finally {
        settle(now() - started);
      }
    },
  };
}

function usedUp(): DeskError {
  return new DeskError('TOO_MANY_CALLS', {
    message: 'The window asks for more than can be answered beside everything else. This call did nothing.',
    remedy: 'Try again in a few seconds.',
    retry: 'safe',
  });
}
