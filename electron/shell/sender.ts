import type { IpcMainInvokeEvent } from 'electron';
import type { Sender } from '../ipc/needs.ts';

/** Who sent a message, by what the runtime knows of its frame. @returns null where the frame is gone. */
export function senderOf(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): Sender | null {
  try {
    const frame = event.senderFrame;
    return frame === null ? null : { origin: frame.origin, top: frame.parent === null };
  } catch {
    // SECURITY: a frame that went away while it was looked at throws; nobody answers for it.
    return null;
  }
}
