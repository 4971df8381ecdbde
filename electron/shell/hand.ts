import type { IpcMain } from 'electron';
import { DESK_CHANNELS, ENTRY_CHANNELS } from './channels.ts';
import { DESK_ORIGIN, ENTRY_ORIGIN } from './origins.ts';
import { senderOf } from './sender.ts';

const WATCHED = [
  { channel: DESK_CHANNELS.hand, origin: DESK_ORIGIN },
  { channel: ENTRY_CHANNELS.hand, origin: ENTRY_ORIGIN },
] as const;

/**
 * Tells that a person has a hand on the desk: on a key, the pointer or the wheel, in the desk's window or in the entry
 * window, at most once in five seconds for each (shared/hand-watch.ts). What was pressed is not told.
 */
export function onHand(ipcMain: Pick<IpcMain, 'on'>, listener: () => void): void {
  for (const { channel, origin } of WATCHED) {
    ipcMain.on(channel, (event) => {
      const sender = senderOf(event);
      // SECURITY: as for calls: only the document itself, in the top frame of its own window.
      if (sender?.top === true && sender.origin === origin) listener();
    });
  }
}
