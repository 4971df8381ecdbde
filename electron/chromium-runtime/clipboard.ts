import type { Clipboard } from 'electron';
import { BrowserWindow } from './browser-window.ts';

/** The part of Electron's clipboard that puts text on it; a window of the application does it. */
export const clipboard: Pick<Clipboard, 'writeText'> = {
  async writeText(text) {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    await window?.webContents.command('copy', text);
  },
};
