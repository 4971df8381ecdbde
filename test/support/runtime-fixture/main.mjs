// @ts-check
// A small application for tests of the runtime: one or two windows, and a line of JSON on stdout for all
// that happens. It takes orders as lines of JSON on stdin.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  shell,
} from 'electron';

const folder = import.meta.dirname;
const CSP =
  "default-src 'none'; script-src 'self' https://desk-app.invalid; style-src 'self'; frame-src 'self'; connect-src 'self' https: wss:";
/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html', '.mjs': 'text/javascript' };

/** @param {string} event @param {object} [details] */
const say = (event, details = {}) => process.stdout.write(`${JSON.stringify({ event, ...details })}\n`);

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true } },
  { scheme: 'entry', privileges: { standard: true, secure: true } },
]);

if (process.env.FIXTURE_USER_DATA) app.setPath('userData', process.env.FIXTURE_USER_DATA);
if (!app.requestSingleInstanceLock({ told: true })) {
  say('second');
  app.quit();
}
app.on('second-instance', (_event, argv, cwd, data) => say('second-instance', { argv, cwd, data }));
app.on('before-quit', () => say('before-quit'));
app.on('will-quit', () => say('will-quit'));

/** @param {Request} request */
async function serve(request) {
  const { pathname, protocol: scheme, hostname } = new URL(request.url);
  if (pathname === '/moved')
    return new Response(null, { status: 302, headers: { location: 'app://desk/other.html' } });
  const file = path.join(folder, 'pages', pathname === '/' ? 'index.html' : pathname);
  try {
    const headers = {
      'content-type': TYPES[path.extname(file)] ?? 'text/plain',
      'content-security-policy': CSP,
    };
    return new Response(await readFile(file), { headers });
  } catch {
    return new Response(`${scheme} ${hostname} has no ${pathname}`, { status: 404 });
  }
}

/** @param {import('electron').IpcMainInvokeEvent} event */
const senderOf = ({ sender, senderFrame }) => ({
  contents: sender.id,
  frame: senderFrame && {
    url: senderFrame.url,
    origin: senderFrame.origin,
    top: senderFrame.parent === null,
  },
});

ipcMain.handle('echo', (_event, value) => value);
ipcMain.handle('sender', (event) => senderOf(event));
ipcMain.handle('fails', () => {
  throw new Error('it failed');
});
ipcMain.handle('late-sender', async (event) => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  say('late-sender', { gone: event.senderFrame === null });
});
ipcMain.on('said', (event, value) => say('said', { value, ...senderOf(event) }));

/** @type {Map<string, BrowserWindow>} */
const windows = new Map();
let veto = false;
let overlook = false;

/** @param {string} name @param {string} url */
async function open(name, url) {
  const window = new BrowserWindow({
    width: 700,
    height: 500,
    title: 'Fixture',
    webPreferences: {
      preload: path.join(folder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: process.env.FIXTURE_SUB_FRAMES === '1',
    },
  });
  windows.set(name, window);
  const { webContents } = window;
  webContents.on('will-navigate', (event, to) => {
    say('will-navigate', { to });
    if (to.includes('forbidden')) event.preventDefault();
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    say('render-process-gone', { reason });
    webContents.reload();
  });
  webContents.on('before-input-event', (_event, input) =>
    say('key', { key: input.key, control: input.control }),
  );
  webContents.on('will-prevent-unload', (event) => {
    if (overlook) event.preventDefault();
  });
  webContents.setWindowOpenHandler(({ url }) => {
    say('window-open', { url });
    return { action: 'deny' };
  });
  window.on('close', (event) => {
    say('close', { name });
    if (veto) event.preventDefault();
  });
  window.on('closed', () => say('closed', { name }));
  window.once('ready-to-show', () => window.show());
  await window.loadURL(url);
  say('opened', { name, url: webContents.getURL() });
}

/**
 * What a test orders; each order reads what it needs.
 * @typedef {Record<'name' | 'url' | 'channel' | 'text', string> & { code: number, value: never, options: never }} Order
 */

/** @type {Record<string, (order: Order) => unknown>} */
const orders = {
  open: ({ name, url }) => open(name, url),
  send: ({ name, channel, value }) => windows.get(name)?.webContents.send(channel, value),
  reload: ({ name }) => windows.get(name)?.webContents.reload(),
  close: ({ name }) => windows.get(name)?.close(),
  veto: ({ value }) => (veto = value),
  overlook: ({ value }) => (overlook = value),
  quit: () => app.quit(),
  ask: async ({ options }) => say('asked', await dialog.showMessageBox(options)),
  openFile: async ({ options }) => say('chosen', await dialog.showOpenDialog(options)),
  saveFile: async ({ options }) => say('saved', await dialog.showSaveDialog(options)),
  theme: ({ value }) => (nativeTheme.themeSource = value),
  copy: ({ text }) => clipboard.writeText(text),
  external: ({ url }) => shell.openExternal(url),
  load: ({ name, url }) => windows.get(name)?.loadURL(url),
  exit: ({ code }) => app.exit(code),
};

/** @param {Order & { do: string }} order */
async function obey(order) {
  try {
    await orders[order.do]?.(order);
    say('done', { order: order.do });
  } catch (error) {
    say('failed', { order: order.do, message: String(error) });
  }
}

powerMonitor.on('lock-screen', () => say('lock-screen'));
powerMonitor.on('unlock-screen', () => say('unlock-screen'));

await app.whenReady();
for (const scheme of ['app', 'entry']) session.defaultSession.protocol.handle(scheme, serve);
createInterface({ input: process.stdin }).on('line', (line) => void obey(JSON.parse(line)));
await open('desk', 'app://desk/index.html');
say('ready');
