import type { BrowserWindow, BrowserWindowConstructorOptions, IpcMain, IpcMainInvokeEvent } from 'electron';
import type { EntryView } from '../../shared/entry-view.ts';
import type { EntryWindow } from '../workbench/needs.ts';
import { ENTRY_CHANNELS } from './channels.ts';
import { EntryExchange } from './entry-exchange.ts';
import { ENTRY_ORIGIN, ENTRY_PARTITION, ENTRY_URL } from './origins.ts';
import { senderOf } from './sender.ts';
import { setupShortcuts } from './shortcuts.ts';
import { webPreferencesOf } from './web-preferences.ts';

export interface EntryWindowParts {
  readonly make: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  /** The desk window, which waits while this one is open. */
  readonly parent: () => BrowserWindow | null;
  readonly preload: string;
  readonly packaged: boolean;
}

interface Open {
  readonly window: BrowserWindow;
  readonly exchange: EntryExchange;
}

const WIDTH = 740;
/** Fields, and facts, that a low window has room for. */
const FEW = 3;
const FEW_FACTS = 4;

/** In pixels. */
const ROW = 34;
/** Taller than this few screens are: the sheet scrolls. */
const TALLEST = 1200;

/** The height in which a view is seen without scrolling, on a screen that has room for it. */
function heightOf(view: EntryView): number {
  if (view.kind === 'confirm') {
    // Those of the holder's way are three: the name of the first takes two.
    const rows =
      2 * (view.further ?? []).length + (view.healthy ?? []).length + (view.holdersWay === undefined ? 0 : 3);
    return Math.min((view.proof === null ? 880 : 960) + rows * ROW, TALLEST);
  }
  const { qr, lines, fields, facts } = view;
  const tall =
    fields.length > FEW || facts.length > FEW_FACTS || fields.some(({ kind }) => kind === 'long_text');
  return qr !== null || lines !== null || tall ? 800 : 520;
}

/** @returns what the entry window is made with. */
export function entryWindowOptions(
  view: EntryView,
  { preload, packaged }: Pick<EntryWindowParts, 'preload' | 'packaged'>,
): BrowserWindowConstructorOptions {
  return {
    title: view.kind === 'confirm' ? 'Confirm the recovery' : view.title,
    width: WIDTH,
    height: heightOf(view),
    minWidth: 480,
    minHeight: 360,
    show: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    autoHideMenuBar: true,
    webPreferences: webPreferencesOf({ preload, packaged, partition: ENTRY_PARTITION }),
  };
}

/** The window in which secrets and confirmations are typed: a document, an origin and a process of its own. */
export function setupEntryWindow(parts: EntryWindowParts): EntryWindow {
  let open: Open | null = null;

  // SECURITY: only the document that main opened for this purpose is answered, whatever a page manages to send.
  function exchangeFor(event: IpcMainInvokeEvent): EntryExchange {
    const sender = senderOf(event);
    const known = open !== null && event.sender === open.window.webContents;
    if (!known || open === null || sender?.top !== true || sender.origin !== ENTRY_ORIGIN) {
      throw new Error('refused');
    }
    return open.exchange;
  }

  parts.ipcMain.handle(ENTRY_CHANNELS.view, (event) => exchangeFor(event).view);
  parts.ipcMain.handle(ENTRY_CHANNELS.submit, (event, reply: unknown) => exchangeFor(event).reply(reply));
  parts.ipcMain.handle(ENTRY_CHANNELS.cancel, (event) => {
    exchangeFor(event);
    open?.window.close();
  });

  return {
    async ask(view, submit) {
      // SECURITY: a page that asks again and again cannot stack windows over the one in use.
      if (open !== null) return 'cancelled';
      // It only grows: a window that jumps about under the pointer is worse than room to spare.
      let height = heightOf(view);
      const exchange = new EntryExchange(view, submit, (next) => {
        if (heightOf(next) <= height || window.isDestroyed()) return;
        height = heightOf(next);
        window.setSize(WIDTH, height);
      });
      const parent = parts.parent();
      const window = parts.make({
        ...entryWindowOptions(view, parts),
        ...(parent === null ? {} : { parent, modal: true }),
      });
      open = { window, exchange };
      watch(window, exchange);
      const close = (): void => {
        if (!window.isDestroyed()) window.destroy();
      };
      // Not every runtime takes it along: what is typed into it then would begin what nobody sees.
      parent?.once('closed', close);
      try {
        return await exchange.result;
      } finally {
        if (open?.window === window) open = null;
        parent?.off('closed', close);
        close();
      }
    },
    cancel() {
      const left = open;
      // Another one may be asked for at once.
      open = null;
      left?.window.destroy();
    },
  };
}

function watch(window: BrowserWindow, exchange: EntryExchange): void {
  setupShortcuts(window);
  window.once('ready-to-show', () => window.show());
  window.on('closed', () => void exchange.giveUp());
  // What was typed went with the page: a new one would ask for it as if for the first time.
  const lost = (): void => {
    if (window.isDestroyed()) return;
    void exchange.giveUp(true);
    window.destroy();
  };
  window.webContents.on('render-process-gone', lost);
  window.loadURL(ENTRY_URL).catch(lost);
}
