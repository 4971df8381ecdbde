import type { App } from 'electron';

/**
 * One desk per data folder: a second start brings the first one's window to the front, says so, and ends.
 * @returns whether this process is the first.
 */
export function claimSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock'>,
  write: (line: string) => void,
): boolean {
  const first = app.requestSingleInstanceLock();
  if (!first) write('Recovery Desk is open already: its window was asked to the front.');
  return first;
}

/** Shows the window to whoever starts the desk again, or clicks on it in the dock of a Mac. */
export function setupSecondStarts(app: Pick<App, 'on'>, show: () => void): void {
  app.on('second-instance', show);
  app.on('activate', show);
}
