/**
 * A desk without services: the real shell around orders on stdin and reports on stdout, one JSON document a line. Its
 * work is a word that a test sets; everything else is what the desk is made of.
 */
import path from 'node:path';
import { createInterface } from 'node:readline';
import { app, BrowserWindow, dialog, ipcMain, powerMonitor, protocol, session } from 'electron';
import { setupCloseFlow } from '../../../electron/shell/close-flow.ts';
import { setupDeskWindow } from '../../../electron/shell/desk-window.ts';
import { setupDialogs } from '../../../electron/shell/dialogs.ts';
import { setupEntryWindow } from '../../../electron/shell/entry-window.ts';
import { onHand } from '../../../electron/shell/hand.ts';
import { setupDeskEvents, setupDeskIpc } from '../../../electron/shell/ipc-registration.ts';
import { setupMessages } from '../../../electron/shell/messages.ts';
import { setupNavigation } from '../../../electron/shell/navigation.ts';
import { setupOrderlyEnd } from '../../../electron/shell/orderly-end.ts';
import { setupRendererCrash } from '../../../electron/shell/renderer-crash.ts';
import { setupPower } from '../../../electron/shell/power.ts';
import { registerSchemes } from '../../../electron/shell/schemes.ts';
import { setupSessions } from '../../../electron/shell/sessions.ts';
import { setupShortcuts } from '../../../electron/shell/shortcuts.ts';
import type { EntryView } from '../../../shared/entry-view.ts';

type Order =
  | {
      readonly do: 'ask';
      /** What is shown one after the other, each once the first value of the one before was `right`. */
      readonly views: readonly EntryView[];
      readonly right: string;
      /** Whether answers are held until `release`. */
      readonly held: boolean;
    }
  | { readonly do: 'run'; readonly recovery: string | null }
  | { readonly do: 'save'; readonly text: string }
  | { readonly do: 'tell'; readonly payload: unknown }
  | { readonly do: 'close' | 'quit' | 'show' | 'release' };

const [, , preloads = '', pages = '', data = ''] = process.argv;
const pageOf = (name: string) => ({ preload: path.join(preloads, `${name}.cjs`), packaged: false });
const make: (options: Electron.BrowserWindowConstructorOptions) => BrowserWindow = (options) =>
  new BrowserWindow(options);

function say(report: string, details: object = {}): void {
  process.stdout.write(`${JSON.stringify({ report, ...details })}\n`);
}

registerSchemes(protocol);
setupNavigation(app);
app.setPath('userData', data);

let recovery: string | null = null;
const desk = setupDeskWindow(make, pageOf('preload'), (window) => {
  setupShortcuts(window);
  setupRendererCrash(window, ask);
  guardClosing(window);
  say('opened');
  window.on('closed', () => say('closed'));
});
const parent = (): BrowserWindow | null => desk.current();
const put = setupMessages(dialog, parent);
const ask: typeof put = async (question) => {
  const chosen = await put(question);
  say('chosen', { chosen });
  return chosen;
};
const dialogs = setupDialogs(dialog, parent);
const entry = setupEntryWindow({ make, ipcMain, parent, ...pageOf('entry-preload') });
const tell = setupDeskEvents(parent);
const guardClosing = setupCloseFlow({
  app,
  desk,
  ask,
  work: {
    busy: () => recovery !== null,
    ended: () => true,
    async stopSafely() {
      say('stopping');
      recovery = null;
    },
  },
});
setupDeskIpc(ipcMain, async (name, input, sender) => {
  say('called', { name });
  return { name, input, sender };
});
onHand(ipcMain, () => say('hand'));
setupPower(powerMonitor, { lock: (cause) => say('lock', { cause }) });
setupOrderlyEnd(app).closes(async () => say('ended'));

let release: () => void = () => undefined;

async function show({ views, right, held }: Extract<Order, { do: 'ask' }>): Promise<string> {
  const [first, ...following] = views;
  if (first === undefined) throw new Error('there is nothing to show');
  return entry.ask(first, async (values) => {
    say('typed', { values });
    if (held) await new Promise<void>((resolve) => (release = resolve));
    if (Object.values(values)[0] !== right) return { taken: false, message: 'That is not the text.' };
    const next = following.shift();
    return next === undefined ? { taken: true } : { taken: false, next };
  });
}

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'ask':
      say('result', { result: await show(order) });
      return;
    case 'release':
      release();
      return;
    case 'run':
      recovery = order.recovery;
      return;
    case 'save':
      say('saved', {
        file: await dialogs.saveFile({ title: 'Save', defaultName: 'report.json', text: order.text }),
      });
      return;
    case 'tell':
      tell('desk.changed', order.payload);
      return;
    case 'close':
      desk.current()?.close();
      return;
    case 'show':
      desk.show();
      return;
    case 'quit':
      app.quit();
      return;
  }
}

async function open(): Promise<void> {
  await app.whenReady();
  setupSessions(session, pages);
  createInterface({ input: process.stdin }).on('line', (line) => void obey(JSON.parse(line) as Order));
  desk.show();
  say('ready');
}

void open();
