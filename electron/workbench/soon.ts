/** Does something soon, and once for all that ask meanwhile. */
export interface Soon {
  readonly ask: () => void;
  /** Forgets what was asked. */
  drop(): void;
}

/** @param delay milliseconds */
export function soon(delay: number, work: () => void): Soon {
  let timer: NodeJS.Timeout | null = null;
  return {
    ask: () => {
      timer ??= setTimeout(() => {
        timer = null;
        work();
      }, delay);
    },
    drop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
