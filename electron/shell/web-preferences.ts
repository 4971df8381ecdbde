import type { WebPreferences } from 'electron';

export interface PageSpec {
  /** Absolute path of the built preload. */
  readonly preload: string;
  readonly partition: string;
  /** Whether this is an installed desk. */
  readonly packaged: boolean;
}

/** The preferences of every window of the desk: all that bear on its safety are written down, defaults too. */
export function webPreferencesOf({ preload, partition, packaged }: PageSpec): WebPreferences {
  return {
    preload,
    // SECURITY: cookies, storage and caches of a page live in memory alone, apart from those of other pages.
    partition,
    // SECURITY: the page and the preload share no object.
    contextIsolation: true,
    // SECURITY: the page's process can reach neither files nor system calls.
    sandbox: true,
    // SECURITY: there is no Node in pages, frames and workers.
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    // SECURITY: the same-origin policy holds.
    webSecurity: true,
    allowRunningInsecureContent: false,
    // SECURITY: no page in the page with preferences of its own.
    webviewTag: false,
    // SECURITY: a file or link dropped onto the window opens nothing.
    navigateOnDragDrop: false,
    // SECURITY: what is typed goes to no dictionary, and none is fetched.
    spellcheck: false,
    // SECURITY: developer tools could read and change what a person is shown.
    devTools: !packaged,
    // SECURITY: nothing that is not needed to show text and pictures.
    plugins: false,
    webgl: false,
    experimentalFeatures: false,
    enableWebSQL: false,
    enableDeprecatedPaste: false,
    // SECURITY: a page cannot hold a person with endless questions; main alone asks.
    disableDialogs: true,
    safeDialogs: true,
  };
}
