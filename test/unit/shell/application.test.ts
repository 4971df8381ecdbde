import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { App, Menu, MessageBoxOptions, MessageBoxReturnValue, PowerMonitor } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setupAppearance } from '../../../electron/shell/appearance.ts';
import { useDataFolder } from '../../../electron/shell/data-folder.ts';
import { refuseDebugging, type Start } from '../../../electron/shell/debugging-refused.ts';
import { setupMenu } from '../../../electron/shell/menu.ts';
import { setupMessages } from '../../../electron/shell/messages.ts';
import { setupOrderlyEnd } from '../../../electron/shell/orderly-end.ts';
import { setupPower } from '../../../electron/shell/power.ts';
import { claimSingleInstance, setupSecondStarts } from '../../../electron/shell/single-instance.ts';
import { refuseStart, reportStartFailure } from '../../../electron/shell/start-failure.ts';
import { DeskError } from '../../../shared/errors.ts';
import { AppDouble, raise, standingFor, turns, WindowDouble } from './doubles.ts';

describe('one desk per data folder', () => {
  it.each([
    [true, []],
    [false, ['Recovery Desk is open already: its window was asked to the front.']],
  ])('the lock answers %s', (first, words) => {
    const said: string[] = [];
    const write = (line: string) => void said.push(line);
    expect(claimSingleInstance({ requestSingleInstanceLock: () => first }, write)).toBe(first);
    expect(said).toEqual(words);
  });

  it('a second start, and a click in the dock, show the window', () => {
    const app = new AppDouble();
    let shown = 0;
    setupSecondStarts(standingFor<Pick<App, 'on'>>(app), () => (shown += 1));
    app.emit('second-instance', {}, ['--evil'], '/');
    app.emit('activate', {}, false);
    expect(shown).toBe(2);
  });
});

describe('the end', () => {
  function ending(close: () => Promise<void>, deadline = 1_000): AppDouble {
    const app = new AppDouble();
    setupOrderlyEnd(standingFor<Pick<App, 'on' | 'exit'>>(app), deadline).closes(close);
    return app;
  }

  it('comes after the services have closed, and once', async () => {
    const closed = Promise.withResolvers<void>();
    let closes = 0;
    const app = ending(() => ((closes += 1), closed.promise));
    expect(raise(app, 'will-quit')).toBe(true);
    expect(raise(app, 'will-quit')).toBe(true);
    await turns();
    expect(app.exits).toEqual([]);
    closed.resolve();
    await turns();
    expect(app.exits).toEqual([0]);
    expect(closes).toBe(1);
  });

  it('says by its code that a service could not be closed', async () => {
    const app = ending(() => Promise.reject(new Error('no')));
    raise(app, 'will-quit');
    await turns();
    expect(app.exits).toEqual([1]);
  });

  it('does not wait for ever', async () => {
    const app = ending(() => new Promise(() => undefined), 10);
    raise(app, 'will-quit');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(app.exits).toEqual([0]);
  });
});

describe('the data folder', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'recovery-desk-data-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('is the place of the instance lock; the browser has a folder of its own in it', () => {
    const paths: [string, string][] = [];
    const folder = useDataFolder({ setPath: (...path) => void paths.push(path) }, path.join(parent, 'desk'));
    expect(paths).toEqual([
      ['userData', folder],
      ['sessionData', path.join(folder, 'browser')],
    ]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(folder, 'browser')).mode & 0o777).toBe(0o700);
  });
});

describe('debugging', () => {
  const plain: Start = { argv: ['desk'], execArgv: [], env: {} };
  const none = { hasSwitch: () => false };

  it.each<[string, Partial<Start>]>([
    ['--inspect', { argv: ['desk', '--inspect'] }],
    ['--inspect-brk=9229', { argv: ['desk', '--inspect-brk=9229'] }],
    ['--remote-debugging-port=0', { argv: ['desk', '--remote-debugging-port=0'] }],
    ['--inspect', { execArgv: ['--inspect'] }],
    ['NODE_OPTIONS', { env: { NODE_OPTIONS: '--require ./a.cjs' } }],
  ])('an installed desk refuses %s', (what, start) => {
    expect(() => refuseDebugging(true, { ...plain, ...start }, none)).toThrow(
      expect.objectContaining({ code: 'BAD_USAGE', message: expect.stringContaining(what) }),
    );
  });

  it('an installed desk refuses the port also where only the browser knows of it', () => {
    expect(() => refuseDebugging(true, plain, { hasSwitch: () => true })).toThrow(DeskError);
  });

  it('a desk in development, and one started plainly, are not refused', () => {
    expect(() => refuseDebugging(false, { ...plain, argv: ['--inspect'] }, none)).not.toThrow();
    expect(() => refuseDebugging(true, plain, none)).not.toThrow();
  });
});

describe('the menu', () => {
  function menuOn(platform: NodeJS.Platform): unknown {
    let set: unknown = 'nothing was set';
    setupMenu(
      standingFor<typeof Menu>({
        buildFromTemplate: (template: unknown) => template,
        setApplicationMenu: (menu: unknown) => (set = menu),
      }),
      platform,
    );
    return set;
  }

  it.each(['linux', 'win32'] as const)('does not exist on %s', (platform) => {
    expect(menuOn(platform)).toBeNull();
  });

  it('holds copying and quitting on a Mac, and no reload or developer tools', () => {
    expect(menuOn('darwin')).toEqual([{ role: 'appMenu' }, { role: 'editMenu' }]);
  });
});

describe('questions of main', () => {
  it('hang on the desk window, or stand alone', async () => {
    const window = new WindowDouble().asWindow();
    const asked: unknown[][] = [];
    const dialog = {
      showMessageBox: (...called: unknown[]) => (
        asked.push(called),
        Promise.resolve({ response: 2, checkboxChecked: false })
      ),
    };
    const question = { message: 'Well?' };
    expect(await setupMessages(dialog, () => window)(question)).toBe(2);
    expect(await setupMessages(dialog, () => null)(question)).toBe(2);
    expect(asked).toEqual([[window, question], [question]]);
  });
});

describe('the machine', () => {
  it('locks the desk when its screen is locked or given to another user, and when it sleeps', () => {
    const monitor = new AppDouble();
    const causes: string[] = [];
    setupPower(standingFor<Pick<PowerMonitor, 'on'>>(monitor), { lock: (cause) => causes.push(cause) });
    for (const event of ['lock-screen', 'user-did-resign-active', 'suspend']) monitor.emit(event);
    expect(causes).toEqual(['screen_lock', 'screen_lock', 'suspend']);
  });
});

describe('the theme', () => {
  it('is the one that was chosen, and is set only when it changes', async () => {
    const set: string[] = [];
    const theme = {
      get themeSource() {
        return (set.at(-1) ?? 'system') as 'system' | 'light' | 'dark';
      },
      set themeSource(source) {
        set.push(source);
      },
    };
    const chosen = ['system', 'dark', 'dark', 'light'] as const;
    let count = 0;
    const show = setupAppearance(theme, () => chosen[count++] ?? 'system');
    for (const _ of chosen) await show();
    expect(set).toEqual(['dark', 'light']);
  });
});

describe('a desk that cannot start', () => {
  const IN_USE = new DeskError('DATA_FOLDER_IN_USE', {
    message: 'In use.',
    remedy: 'Close the other.',
    retry: 'safe',
  });

  function failing(thrown: unknown) {
    const ready = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<MessageBoxReturnValue>();
    const order: string[] = [];
    const app = Object.assign(new AppDouble(), {
      whenReady: () => ready.promise,
      releaseSingleInstanceLock: () => void order.push('lock released'),
    });
    const end = setupOrderlyEnd(standingFor<App>(app));
    end.closes(async () => void order.push('services closed'));
    const terminal: string[] = [];
    const boxes: MessageBoxOptions[] = [];
    const showMessageBox = ((box: MessageBoxOptions) => (boxes.push(box), closed.promise)) as never;
    const over = reportStartFailure(thrown, {
      app: standingFor<App>(app),
      dialog: { showMessageBox },
      end,
      write: (line) => terminal.push(line),
    });
    return { app, ready, closed, over, boxes, terminal, order };
  }

  it('says why in the terminal at once, in a window once there can be one, and ends when that is closed', async () => {
    const { app, ready, closed, over, boxes, terminal, order } = failing(IN_USE);
    expect(terminal).toEqual(['In use.\nClose the other. (DATA_FOLDER_IN_USE)']);
    // Whoever has closed the other starts the desk again.
    expect(order).toEqual(['lock released']);
    await turns();
    expect(boxes).toEqual([]);
    ready.resolve();
    await turns();
    expect(boxes).toMatchObject([
      { type: 'error', message: 'Recovery Desk cannot start', detail: 'In use.\n\nClose the other.' },
    ]);
    expect(app.exits).toEqual([]);
    closed.resolve({ response: 0, checkboxChecked: false });
    await over;
    await turns();
    expect(order).toEqual(['lock released', 'services closed']);
    expect(app.exits).toEqual([1]);
  });

  it('ends where the window cannot be shown', async () => {
    const { app, ready, closed, over } = failing(IN_USE);
    ready.resolve();
    closed.reject(new Error('no window'));
    await over;
    await turns();
    expect(app.exits).toEqual([1]);
  });

  it('ends as a failure when it is asked to quit', async () => {
    const { app, order } = failing(IN_USE);
    expect(raise(app, 'will-quit')).toBe(true);
    await turns();
    expect(order).toEqual(['lock released', 'services closed']);
    expect(app.exits).toEqual([1]);
  });

  it('does not show what was not written for a person', async () => {
    const { ready, boxes, terminal } = failing(new Error('secret inside'));
    ready.resolve();
    await turns();
    expect(boxes).toHaveLength(1);
    expect(JSON.stringify([boxes, terminal])).not.toContain('secret');
  });

  it('is ended at once where its start is refused', () => {
    const app = new AppDouble();
    const told: string[] = [];
    refuseStart(IN_USE, {
      app: standingFor<App>(app),
      dialog: { showErrorBox: (...box) => told.push(box.join(': ')) },
      write: (line) => told.push(line),
    });
    expect(told).toEqual([
      'In use.\nClose the other. (DATA_FOLDER_IN_USE)',
      'Recovery Desk cannot start: In use.\n\nClose the other.',
    ]);
    expect(app.exits).toEqual([1]);
  });
});
