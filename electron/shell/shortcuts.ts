import type { BrowserWindow, Input } from 'electron';
import { zoomOf, zoomPage, type Zoom } from './zoom.ts';

type Wish = 'held' | 'close' | Zoom | 'left to the page';

/** Reload, new window, new tab, print, save, open, source, downloads, history, bookmark. */
const HELD_WITH_CONTROL = new Set(['r', 'n', 't', 'p', 's', 'o', 'u', 'j', 'h', 'd']);
/** Developer tools, and the above again. */
const HELD_WITH_CONTROL_AND_SHIFT = new Set([...HELD_WITH_CONTROL, 'i', 'c', 'b', 'delete']);
/** The ways through a browser's history. */
const HELD_WITH_ALT = new Set(['arrowleft', 'arrowright', 'home']);
const HELD_ALONE = new Set([
  'f5',
  'f7',
  'f12',
  'browserback',
  'browserforward',
  'browserrefresh',
  'browserhome',
  'browsersearch',
]);

/**
 * Keeps a browser's keys from acting on a window: there is no reload, no way back and no second window.
 * Ctrl+W and Ctrl+F4 go the way of the window's close button, which asks. Backspace stays the page's: it deletes text,
 * and leads through no history in any browser that this runs on. Ctrl with plus, minus and 0 zooms, which in Electron
 * comes with a menu only.
 */
export function setupShortcuts(window: {
  readonly webContents: Pick<BrowserWindow['webContents'], 'on' | 'getZoomLevel' | 'setZoomLevel'>;
  readonly close: () => void;
}): void {
  const { webContents } = window;
  webContents.on('before-input-event', (event, input) => {
    const wish = wishOf(input);
    if (wish === 'left to the page') return;
    event.preventDefault();
    if (wish === 'held' || input.type !== 'keyDown') return;
    if (wish !== 'close') zoomPage(webContents, wish);
    else if (!input.isAutoRepeat) window.close();
  });
}

type Pressed = Pick<Input, 'key' | 'control' | 'meta' | 'alt' | 'shift'>;

export function wishOf({ key, control, meta, alt, shift }: Pressed): Wish {
  const name = key.toLowerCase();
  const command = control || meta;
  if (command && (name === 'w' || name === 'f4')) return 'close';
  if (HELD_ALONE.has(name)) return 'held';
  // With Alt and Ctrl a character is typed on many keyboards.
  const zoom = command && !alt ? zoomOf(name) : undefined;
  if (zoom !== undefined) return zoom;
  // On a Mac, developer tools are opened by Command, Option and I.
  if (command && (shift || alt)) return HELD_WITH_CONTROL_AND_SHIFT.has(name) ? 'held' : 'left to the page';
  if (command) return HELD_WITH_CONTROL.has(name) ? 'held' : 'left to the page';
  return alt && HELD_WITH_ALT.has(name) ? 'held' : 'left to the page';
}
