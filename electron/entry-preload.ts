/** The bridge of the entry window: what is to be shown, what was typed, and giving up. It knows nothing of the desk's. */
import { contextBridge, ipcRenderer } from 'electron';
import type { EntryValues, EntryVerdict, EntryView } from '../shared/entry-view.ts';
import { watchHands } from '../shared/hand-watch.ts';

// The words of electron/shell/channels.ts.
const VIEW = 'entry:view';
const SUBMIT = 'entry:submit';
const CANCEL = 'entry:cancel';
const HAND = 'entry:hand';

const bridge = {
  view: (): Promise<EntryView> => ipcRenderer.invoke(VIEW),
  submit: (values: EntryValues): Promise<EntryVerdict> => ipcRenderer.invoke(SUBMIT, { values }),
  cancel: (): Promise<void> => ipcRenderer.invoke(CANCEL),
};

/** What the entry window's document finds as `window.entry`. */
export type EntryBridge = typeof bridge;

watchHands(globalThis, () => ipcRenderer.send(HAND));
contextBridge.exposeInMainWorld('entry', bridge);
