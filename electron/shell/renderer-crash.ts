import type { BrowserWindow, MessageBoxOptions } from 'electron';
import type { Ask } from './messages.ts';

/** A page that dies this often within a minute will not live by loading it again. */
const TRIES = 3;
const WITHIN_MS = 60_000;

export const CRASH_MESSAGE: MessageBoxOptions = {
  type: 'error',
  title: 'The window cannot be shown',
  message: 'What the window shows ended unexpectedly, several times in a row.',
  detail: 'A running recovery goes on: it does not depend on the window. Nothing was lost.',
  buttons: ['Try again', 'Close the window'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
};

/**
 * Loads a page again that crashed, was ended or ran out of memory. What it shows is held by main, so it comes back on
 * the running recovery.
 */
export function setupRendererCrash(
  window: Pick<BrowserWindow, 'close' | 'isDestroyed'> & {
    readonly webContents: Pick<BrowserWindow['webContents'], 'on' | 'reload'>;
  },
  ask: Ask,
  now: () => number = () => performance.now(),
): void {
  let crashes: readonly number[] = [];

  async function askWhatNow(): Promise<void> {
    const answer = await ask(CRASH_MESSAGE);
    if (window.isDestroyed()) return;
    crashes = [];
    if (answer === 0) window.webContents.reload();
    else window.close();
  }

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // The end of a page that was closed is no crash.
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const at = now();
    crashes = [...crashes.filter((one) => at - one < WITHIN_MS), at];
    if (crashes.length > TRIES) void askWhatNow();
    else window.webContents.reload();
  });
}
