/** The bridge of the entry window: what is to be shown, what was typed, and giving up. It knows nothing of the desk's. */
import { contextBridge, ipcRenderer } from 'electron';
import type { EntryVerdict, EntryView } from '../shared/entry-view.ts';

// The words of electron/shell/channels.ts.
const VIEW = 'entry:view';
const SUBMIT = 'entry:submit';
const CANCEL = 'entry:cancel';

const bridge = {
  view: (): Promise<EntryView> => ipcRenderer.invoke(VIEW),
  submit: (typed: unknown): Promise<EntryVerdict> => ipcRenderer.invoke(SUBMIT, { typed }),
  cancel: (): Promise<void> => ipcRenderer.invoke(CANCEL),
};

/** What the entry window's document finds as `window.entry`. */
export type EntryBridge = typeof bridge;

contextBridge.exposeInMainWorld('entry', bridge);
