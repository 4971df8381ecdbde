import type { BrowserWindow, IpcMain } from 'electron';
import { DESK_CHANNELS } from './channels.ts';
import type { Dispatch } from './needs.ts';
import { senderOf } from './sender.ts';

/** The one channel on which the desk's page asks. What is asked, and by whom, is judged by dispatch alone. */
export function setupDeskIpc(ipcMain: Pick<IpcMain, 'handle'>, dispatch: Dispatch): void {
  ipcMain.handle(DESK_CHANNELS.invoke, (event, name: unknown, input: unknown) =>
    dispatch(name, input, senderOf(event)),
  );
}

type Receiver = Pick<BrowserWindow, 'isDestroyed'> & {
  readonly webContents: Pick<BrowserWindow['webContents'], 'send'>;
};

/** What main tells the desk's page unasked. Without a window nobody listens: a new one asks for what stands. */
export function setupDeskEvents(window: () => Receiver | null): (name: string, payload: unknown) => void {
  return (name, payload) => {
    const receiver = window();
    if (receiver === null || receiver.isDestroyed()) return;
    receiver.webContents.send(DESK_CHANNELS.event, name, payload);
  };
}
