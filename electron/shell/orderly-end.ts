import { setTimeout as delay } from 'node:timers/promises';
import type { App } from 'electron';

/** Everything is on disk at any time, so a service that does not close is not waited for longer. */
const DEADLINE_MS = 10_000;

export interface OrderlyEnd {
  /** What is closed before the process ends. */
  closes(close: () => Promise<void>): void;
  /** From now on the process tells by its code that it failed, whoever ends it. */
  failed(): void;
  /** Ends the process. */
  begin(): void;
}

/** The one end of the process: the services are closed before it, and once. */
export function setupOrderlyEnd(app: Pick<App, 'on' | 'exit'>, deadlineMs = DEADLINE_MS): OrderlyEnd {
  let close = (): Promise<void> => Promise.resolve();
  let code = 0;
  let ending = false;

  function begin(): void {
    if (ending) return;
    ending = true;
    const late = delay(deadlineMs, undefined, { ref: false });
    void Promise.race([close(), late]).then(
      () => app.exit(code),
      () => app.exit(1),
    );
  }

  app.on('will-quit', (event) => {
    event.preventDefault();
    begin();
  });
  return {
    closes: (services) => {
      close = services;
    },
    failed: () => {
      code = 1;
    },
    begin,
  };
}
