import { setTimeout as delay } from 'node:timers/promises';
import type { App } from 'electron';

/** Everything is on disk at any time, so a service that does not close is not waited for longer. */
const DEADLINE_MS = 10_000;

/** Closes the services before the process ends. */
export function setupOrderlyEnd(
  app: Pick<App, 'on' | 'exit'>,
  close: () => Promise<void>,
  deadlineMs = DEADLINE_MS,
): void {
  let ending = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    const late = delay(deadlineMs, undefined, { ref: false });
    void Promise.race([close(), late]).then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
}
