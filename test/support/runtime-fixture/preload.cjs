// @ts-check
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('desk', {
  version: 1,
  nested: { list: [1, 'two', null] },
  /** @param {string} channel @param {unknown[]} args */
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  /** @param {unknown} value */
  say: (value) => ipcRenderer.send('said', value),
  /** @param {string} channel @param {(value: unknown) => void} listener */
  on: (channel, listener) => {
    /** @param {unknown} _event @param {unknown} value */
    const heard = (_event, value) => listener(value);
    ipcRenderer.on(channel, heard);
    return () => ipcRenderer.removeListener(channel, heard);
  },
  /** @param {string} name */
  load: (name) => String(require(name)),
  throws: () => {
    throw new TypeError('thrown in the preload');
  },
});
// @ts-expect-error what only this world may see
globalThis.preloadSecret = 'not for the page';
