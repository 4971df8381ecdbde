/**
 * The bridge of the desk window: names and JSON, over one channel. It runs apart from the page, in a sandbox whose only
 * module is `electron`; main judges everything that comes through it.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { ASKED_AHEAD, askedAhead } from '../shared/asked-ahead.ts';
import { EVENT_NAMES, PROCEDURE_NAMES } from '../shared/contract-names.ts';
import type { DeskBridge } from '../shared/desk-bridge.ts';
import { watchHands } from '../shared/hand-watch.ts';

// The words of electron/shell/channels.ts.
const INVOKE = 'desk:invoke';
const EVENT = 'desk:event';
const HAND = 'desk:hand';

// SECURITY: sets of strings: no name of a built-in property is a procedure.
const procedures: ReadonlySet<unknown> = new Set(PROCEDURE_NAMES);
const events: ReadonlySet<unknown> = new Set(EVENT_NAMES);

const bridge: DeskBridge = {
  invoke(name, input) {
    if (!procedures.has(name)) return Promise.reject(new TypeError('The desk knows no such procedure.'));
    return ipcRenderer.invoke(INVOKE, name, input);
  },
  on(name, listener) {
    if (!events.has(name)) throw new TypeError('The desk knows no such event.');
    // SECURITY: the runtime's event object, which can send messages, stays on this side.
    const heard = (_event: unknown, told: unknown, payload: unknown): void => {
      if (told === name) listener(payload);
    };
    ipcRenderer.on(EVENT, heard);
    return () => {
      ipcRenderer.removeListener(EVENT, heard);
    };
  },
};

// SECURITY: no part of the bridge: a page cannot say that somebody is there.
watchHands(globalThis, () => ipcRenderer.send(HAND));
contextBridge.exposeInMainWorld('desk', askedAhead(bridge, ASKED_AHEAD, EVENT_NAMES));
