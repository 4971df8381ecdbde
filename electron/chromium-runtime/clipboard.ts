import { setTimeout as delay } from 'node:timers/promises';
import type { Clipboard } from 'electron';
import { BrowserWindow } from './browser-window.ts';

const ATTEMPTS = 10;
const PAUSE_MS = 100;

/** The part of Electron's clipboard that puts text on it; the window that has the focus does it. */
export const clipboard: Pick<Clipboard, 'writeText'> = {
  /** @throws Error when no window of the application can have the focus */
  async writeText(text) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      if ((await window?.webContents.command('copy', text)) === true) return;
      window?.focus();
      await delay(PAUSE_MS);
    }
    throw new Error('No window has the focus, without which nothing can be put on the clipboard.');
  },
};
