import { describe, expect, it } from 'vitest';
import { deskWindowOptions, setupDeskWindow } from '../../../electron/shell/desk-window.ts';
import { entryWindowOptions } from '../../../electron/shell/entry-window.ts';
import {
  newPassphraseForm,
  passphraseForm,
  recoveryCodesForm,
} from '../../../electron/workbench/entry-forms.ts';
import { confirmView } from '../../support/entry-views.ts';
import { windowMaker, type WindowDouble } from './doubles.ts';

const installed = { preload: '/desk/preload.cjs', packaged: true };

const passphrase = passphraseForm({ what: 'your keystore', file: 'operator.json' });

const PINNED = {
  preload: '/desk/preload.cjs',
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools: false,
  plugins: false,
  webgl: false,
  experimentalFeatures: false,
  enableWebSQL: false,
  enableDeprecatedPaste: false,
  disableDialogs: true,
  safeDialogs: true,
};

describe('web preferences', () => {
  it('of the desk window are all pinned', () => {
    expect(deskWindowOptions(installed).webPreferences).toEqual({ ...PINNED, partition: 'desk' });
  });

  it('of the entry window are the same, on a session of its own', () => {
    for (const view of [confirmView, passphrase]) {
      expect(entryWindowOptions(view, installed).webPreferences).toEqual({ ...PINNED, partition: 'entry' });
    }
  });

  it('allow developer tools only where the desk is not installed', () => {
    expect(deskWindowOptions({ ...installed, packaged: false }).webPreferences?.devTools).toBe(true);
  });

  it('keep no session on disk', () => {
    for (const { webPreferences } of [
      deskWindowOptions(installed),
      entryWindowOptions(confirmView, installed),
    ]) {
      expect(webPreferences?.partition).not.toMatch(/^persist:/u);
    }
  });
});

describe('the entry window', () => {
  it('is called what its view is called', () => {
    expect(entryWindowOptions(confirmView, installed).title).toBe('Confirm the recovery');
    expect(entryWindowOptions(passphrase, installed).title).toBe('your keystore');
  });

  it('is as high as its view needs', () => {
    const heights = [
      passphrase,
      newPassphraseForm({ what: 'a wallet', minLength: 12 }),
      recoveryCodesForm(['a']),
      confirmView,
    ].map((view) => entryWindowOptions(view, installed).height);
    expect(heights).toEqual([520, 520, 800, 880]);
  });
});

describe('the desk window', () => {
  function deskWith() {
    const { made, make } = windowMaker();
    const opened: unknown[] = [];
    const desk = setupDeskWindow(make, installed, (window) => opened.push(window));
    return { made, opened, desk };
  }

  function first(made: readonly WindowDouble[]): WindowDouble {
    const [window] = made;
    if (window === undefined) throw new Error('no window was made');
    return window;
  }

  it('does not exist before it is shown', () => {
    const { desk, made } = deskWith();
    expect(desk.current()).toBeNull();
    expect(made).toHaveLength(0);
  });

  it('loads the one document of the desk, and is seen once it has something to show', () => {
    const { desk, made } = deskWith();
    desk.show();
    expect(first(made).loaded).toEqual(['app://desk/']);
    expect(first(made).options.show).toBe(false);
    expect(first(made).done).toEqual([]);
    first(made).emit('ready-to-show');
    expect(first(made).done).toEqual(['show']);
  });

  it('is guarded before it loads anything', () => {
    const { made, make } = windowMaker();
    let loadedWhenOpened: readonly string[] | undefined;
    setupDeskWindow(make, installed, () => {
      loadedWhenOpened = [...first(made).loaded];
    }).show();
    expect(loadedWhenOpened).toEqual([]);
  });

  it('is one: shown again, it comes to the front', () => {
    const { desk, made } = deskWith();
    desk.show();
    first(made).minimized = true;
    desk.show();
    expect(made).toHaveLength(1);
    expect(first(made).done).toEqual(['restore', 'show', 'focus']);
  });

  it('is made anew after it was closed', () => {
    const { desk, made, opened } = deskWith();
    desk.show();
    first(made).destroy();
    expect(desk.current()).toBeNull();
    desk.show();
    expect(made).toHaveLength(2);
    expect(opened).toEqual(made);
  });
});
