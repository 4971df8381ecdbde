/** What of the command line differs from one start to the next. */
export interface SwitchOptions {
  readonly profileFolder: string;
  readonly headless: boolean;
  /** Whether this process is root, under which Chromium's sandbox refuses to start. */
  readonly root: boolean;
  /** Opens a debugging port on the loopback for end-to-end tests. */
  readonly testPort: boolean;
}

/**
 * The switches of the browser process. Those of a feature that a browser does not know are ignored by
 * it, so that one list serves Chromium, Chrome and Edge.
 */
export function browserSwitches(options: SwitchOptions): string[] {
  return [
    ...sharedSwitches(options),
    // SECURITY: the browser is driven over two inherited pipes, which no other process can open.
    '--remote-debugging-pipe',
    '--no-startup-window',
    // SECURITY: only an unpackaged application opens a port, and only when its tests ask for it.
    ...(options.testPort ? ['--remote-debugging-port=0'] : []),
  ];
}

/** The switches with which the running browser is asked for one more application window. */
export function appWindowSwitches(
  options: SwitchOptions,
  window: { url: string; width: number; height: number },
): string[] {
  return [
    ...sharedSwitches(options),
    `--app=${window.url}`,
    `--window-size=${window.width},${window.height}`,
  ];
}

function sharedSwitches(options: SwitchOptions): string[] {
  return [
    // SECURITY: a profile of its own: no extension, cookie, password or setting of the person's browser.
    `--user-data-dir=${options.profileFolder}`,
    ...isolation,
    ...noNetwork,
    ...quiet,
    // SECURITY: Chromium's sandbox stays on; only root, as in build containers, has to go without.
    ...(options.root ? ['--no-sandbox'] : []),
    ...(options.headless ? ['--headless'] : []),
  ];
}

const isolation = [
  // SECURITY: every site has a process of its own, so that one document cannot read another's memory.
  '--site-per-process',
  // SECURITY: no extension, whatever the machine's defaults add, gets into the window.
  '--disable-extensions',
  // SECURITY: a page that asks for a camera, a place or a notification is refused without a prompt.
  '--deny-permission-prompts',
  // SECURITY: the preview is a page of the browser's own: it would stay over a desk that locks, and hold no keys back.
  '--disable-print-preview',
  // SECURITY: nothing typed in the window is offered to the system's password store.
  '--password-store=basic',
];

const noNetwork = [
  // SECURITY: no name resolves; the pages come from this process and need none.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // SECURITY: what needs no name (an address, a WebSocket) meets a proxy that nobody answers at,
  '--proxy-server=http://127.0.0.1:9',
  // SECURITY: and loopback addresses meet it too.
  '--proxy-bypass-list=<-loopback>',
  // SECURITY: WebRTC sends no packet past the proxy.
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  // SECURITY: the browser itself calls nobody: no updates, reports, synchronisation, link pings.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-domain-reliability',
  '--no-pings',
];

const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-default-apps',
  // Without it a bar about unusual switches takes a strip of the window.
  '--test-type',
  `--disable-features=${[
    'Translate',
    'MediaRouter',
    'OptimizationHints',
    // A document kept for "back" would hold a second live copy of the page.
    'BackForwardCache',
    // Each window would load the pages of an address bar that it does not have, some hundred scripts, beside its own.
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'WebUIOmniboxFullPopup',
  ].join(',')}`,
];
