/**
 * The stand-in for the module `electron`, on the system's Chromium: what the application uses of it and
 * nothing else, so that a missing part fails when main is linked. It drives the browser and knows
 * nothing of the application. It must never open a socket or let a page reach one.
 */
import { registerSchemesAsPrivileged } from './protocol.ts';
import { session } from './session.ts';
import { startSoon } from './start-runtime.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { clipboard } from './clipboard.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu } from './menu.ts';
export { nativeTheme } from './native-theme.ts';
export { powerMonitor } from './power-monitor.ts';
export { session } from './session.ts';
export { shell } from './shell.ts';

export const protocol = {
  registerSchemesAsPrivileged,
  handle: session.defaultSession.protocol.handle.bind(session.defaultSession.protocol),
  unhandle: session.defaultSession.protocol.unhandle.bind(session.defaultSession.protocol),
  isProtocolHandled: session.defaultSession.protocol.isProtocolHandled.bind(session.defaultSession.protocol),
};

startSoon();
