// @ts-check
// The least that an application of this runtime can be: one window with a document that holds a dot.
import { app, BrowserWindow, protocol, session } from 'electron';

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
if (process.env.EMPTY_USER_DATA) app.setPath('userData', process.env.EMPTY_USER_DATA);
app.on('window-all-closed', () => app.quit());

async function open() {
  await app.whenReady();
  const page = '<!doctype html><html lang="en"><head><title>Empty</title></head><body>.</body></html>';
  session.defaultSession.protocol.handle(
    'app',
    () => new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  );
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL('app://desk/');
}
void open();
