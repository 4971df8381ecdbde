/** The window's entry: puts the parts together, in the one order in which each finds what it needs. */
import path from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  shell,
  type BrowserWindowConstructorOptions,
} from 'electron';
import { ASKED_AHEAD } from '../shared/asked-ahead.ts';
import { createDispatch, type Dispatch } from './ipc/dispatch.ts';
import { createEvents, type Events } from './ipc/events.ts';
import { createFaultLog } from './ipc/log.ts';
import type { ChildPrograms } from './operator/needs.ts';
import { setupAppearance } from './shell/appearance.ts';
import { pinBrowserSwitches } from './shell/browser-switches.ts';
import { setupCloseFlow } from './shell/close-flow.ts';
import { useDataFolder } from './shell/data-folder.ts';
import { refuseDebugging } from './shell/debugging-refused.ts';
import { setupDeskWindow, type DeskWindow } from './shell/desk-window.ts';
import { setupDiagnostics } from './shell/diagnostics.ts';
import { setupDialogs } from './shell/dialogs.ts';
import { setupEntryWindow } from './shell/entry-window.ts';
import { setupDeskEvents, setupDeskIpc } from './shell/ipc-registration.ts';
import { onHand } from './shell/hand.ts';
import { setupHelpers } from './shell/helpers.ts';
import { setupMenu } from './shell/menu.ts';
import { setupMessages } from './shell/messages.ts';
import { setupNavigation } from './shell/navigation.ts';
import { setupOrderlyEnd, type OrderlyEnd } from './shell/orderly-end.ts';
import { DESK_ORIGIN } from './shell/origins.ts';
import { setupOutsideBrowser } from './shell/outside-browser.ts';
import { setupPower } from './shell/power.ts';
import { rehearse } from './shell/rehearsal.ts';
import { setupRendererCrash } from './shell/renderer-crash.ts';
import { registerSchemes } from './shell/schemes.ts';
import { setupSessions } from './shell/sessions.ts';
import { setupShortcuts } from './shell/shortcuts.ts';
import { claimSingleInstance, setupSecondStarts } from './shell/single-instance.ts';
import { refuseStart, reportStartFailure } from './shell/start-failure.ts';
import { defaultDataFolder } from './store/data-folder.ts';
import { openInTwo, type OpeningDesk } from './workbench/opening-desk.ts';

const built = path.resolve(import.meta.dirname, '..');
const pageOf = (preload: string) => ({
  preload: path.join(built, 'preload', `${preload}.cjs`),
  packaged: app.isPackaged,
});
const make = (options: BrowserWindowConstructorOptions): BrowserWindow => new BrowserWindow(options);

const toStderr = setupDiagnostics(process.stderr);
const toStdout = setupDiagnostics(process.stdout);

function fail(thrown: unknown, end: OrderlyEnd): void {
  void reportStartFailure(thrown, { app, dialog, end, write: toStderr });
}

/** What has to stand before the application is ready. @returns the data folder; null where another desk has it. */
function prepare(): string | null {
  registerSchemes(protocol);
  pinBrowserSwitches(app.commandLine);
  // SECURITY: also a window whose preferences forgot to say so.
  app.enableSandbox();
  setupMenu(Menu, process.platform);
  setupNavigation(app);
  const data = useDataFolder(app, defaultDataFolder());
  return claimSingleInstance(app, toStdout) ? data : null;
}

interface Services {
  readonly work: OpeningDesk;
  readonly dispatch: Dispatch;
}

/** The services, as far as they concern windows. */
function openServices(data: string, parent: DeskWindow['current'], programs: ChildPrograms): Services {
  const log = createFaultLog(toStderr);
  let events: Events | null = null;
  const work = openInTwo({
    data,
    version: app.getVersion(),
    runtime: process.versions['electron'] === undefined ? 'chromium' : 'electron',
    dialogs: setupDialogs(dialog, parent),
    programs,
    openExternal: setupOutsideBrowser(shell),
    fault: () => log.record({ name: null, code: 'INTERNAL', milliseconds: 0 }),
    entry: setupEntryWindow({ make, ipcMain, parent, ...pageOf('entry-preload') }),
    tell(name, payload) {
      // What is told while the services open is part of the state that a window asks for first.
      if (events === null) return;
      events.emit(name, payload);
      if (name === 'desk.changed') void showAppearance();
    },
  });
  const { rights, lock } = work;
  const showAppearance = setupAppearance(
    nativeTheme,
    async () => (await work.handlers['desk.state']({})).appearance,
  );
  void showAppearance();
  events = createEvents({ rights, lock, send: setupDeskEvents(parent), log });
  const dispatch = createDispatch({ desk: work, appOrigin: DESK_ORIGIN, log });
  setupDeskIpc(ipcMain, dispatch);
  return { work, dispatch };
}

async function openDesk(data: string, end: OrderlyEnd): Promise<void> {
  const drawn = Promise.withResolvers<void>();
  const desk = setupDeskWindow(make, pageOf('preload'), (window) => {
    setupShortcuts(window);
    setupRendererCrash(window, ask);
    guardClosing(window);
    window.once('ready-to-show', drawn.resolve);
  });
  const ask = setupMessages(dialog, () => desk.current());
  const helpers = setupHelpers(path.join(built, 'main'));
  const { work, dispatch } = openServices(data, () => desk.current(), helpers.programs);
  const guardClosing = setupCloseFlow({ app, work, desk, ask });
  end.closes(() => work.close());
  await app.whenReady();
  const serve = setupSessions(session, path.join(built, 'renderer'));
  await helpers.ready();
  onHand(ipcMain, () => work.handSeen());
  setupPower(powerMonitor, { lock: (cause) => work.lockNow(cause) });
  setupSecondStarts(app, () => desk.show());
  desk.show();
  // Those that the front answers: for others it would load what stands behind the first view.
  const names = ASKED_AHEAD.filter((name) => work.handlers[name] !== undefined);
  setImmediate(() => void rehearse(serve, dispatch, names));
  // What stands behind the first view is loaded once that is drawn, so as not to hold it up.
  await drawn.promise;
  // A network that cannot be worked on is told in the window.
  await work.start();
}

/** Whether the program was started so that nothing reads along. */
function isSafeStart(): boolean {
  try {
    refuseDebugging(app.isPackaged, process, app.commandLine);
    return true;
  } catch (thrown) {
    refuseStart(thrown, { app, dialog, write: toStderr });
    return false;
  }
}

/** Nothing is awaited here: the application becomes ready only once this script has run to its end. */
function start(): void {
  if (!isSafeStart()) return;
  const end = setupOrderlyEnd(app);
  try {
    const data = prepare();
    if (data === null) app.quit();
    else openDesk(data, end).catch((thrown: unknown) => fail(thrown, end));
  } catch (thrown) {
    fail(thrown, end);
  }
}

start();
