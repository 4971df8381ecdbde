import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { DESK_PARTITION, DESK_URL } from './origins.ts';
import { webPreferencesOf } from './web-preferences.ts';

export interface DeskWindowSpec {
  readonly preload: string;
  readonly packaged: boolean;
}

export interface DeskWindow {
  /** The open window; null while the desk works without one. */
  current(): BrowserWindow | null;
  /** Brings the window to the front, and opens it where there is none. */
  show(): void;
}

/** @returns what the desk window is made with. */
export function deskWindowOptions({ preload, packaged }: DeskWindowSpec): BrowserWindowConstructorOptions {
  return {
    title: 'Recovery Desk',
    width: 1280,
    height: 860,
    minWidth: 960,
    minHeight: 640,
    // Shown once there is something to see.
    show: false,
    autoHideMenuBar: true,
    webPreferences: webPreferencesOf({ preload, packaged, partition: DESK_PARTITION }),
  };
}

/**
 * Holds the one window of the desk.
 * @param opened is told of every window that is made, before it loads anything.
 */
export function setupDeskWindow(
  make: (options: BrowserWindowConstructorOptions) => BrowserWindow,
  spec: DeskWindowSpec,
  opened: (window: BrowserWindow) => void,
): DeskWindow {
  let current: BrowserWindow | null = null;

  function open(): void {
    const window = make(deskWindowOptions(spec));
    current = window;
    window.on('closed', () => {
      if (current === window) current = null;
    });
    window.once('ready-to-show', () => window.show());
    opened(window);
    // A load that fails is told by `render-process-gone` or ends with the window.
    window.loadURL(DESK_URL).catch(() => undefined);
  }

  return {
    current: () => current,
    show() {
      if (current === null) {
        open();
        return;
      }
      if (current.isMinimized()) current.restore();
      current.show();
      current.focus();
    },
  };
}
