import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { pinBrowserSwitches } from '../../../electron/shell/browser-switches.ts';
import { setupDownloads } from '../../../electron/shell/downloads.ts';
import { setupNavigation } from '../../../electron/shell/navigation.ts';
import { setupPageNetwork } from '../../../electron/shell/page-network.ts';
import { setupPermissions } from '../../../electron/shell/permissions.ts';
import { ContentsDouble, raise, standingFor } from './doubles.ts';

describe('a page cannot leave its document', () => {
  function newContents(): ContentsDouble {
    const app = new EventEmitter();
    setupNavigation(standingFor<Pick<App, 'on'>>(app));
    const contents = new ContentsDouble();
    app.emit('web-contents-created', {}, contents);
    return contents;
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s is prevented on whatever contents there are',
    (name) => {
      expect(newContents().raise(name)).toBe(true);
    },
  );

  it('nor keep it, or the application, from being closed', () => {
    expect(newContents().raise('will-prevent-unload')).toBe(true);
  });

  it('and opens no window', () => {
    expect(newContents().opener?.()).toEqual({ action: 'deny' });
  });
});

describe('permissions', () => {
  const asked: Record<string, (...args: unknown[]) => unknown> = {};
  setupPermissions(
    standingFor<Session>({
      setPermissionRequestHandler: (handler: never) => void (asked['request'] = handler),
      setPermissionCheckHandler: (handler: never) => void (asked['check'] = handler),
      setDevicePermissionHandler: (handler: never) => void (asked['device'] = handler),
    }),
  );

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem'])(
    '%s is denied when asked for and when looked up',
    (permission) => {
      const answers: unknown[] = [];
      asked['request']?.(null, permission, (answer: unknown) => answers.push(answer));
      expect(answers).toEqual([false]);
      expect(asked['check']?.(null, permission)).toBe(false);
    },
  );

  it('devices are denied', () => {
    expect(asked['device']?.({ deviceType: 'hid' })).toBe(false);
  });
});

describe('downloads', () => {
  it('are prevented', () => {
    const session = new EventEmitter();
    setupDownloads(standingFor<Pick<Session, 'on'>>(session));
    expect(raise(session, 'will-download')).toBe(true);
  });
});

describe('the network of a page', () => {
  let judge: ((details: { url: string }, answer: (answer: object) => void) => void) | undefined;
  setupPageNetwork(
    { webRequest: standingFor({ onBeforeRequest: (listener: typeof judge) => void (judge = listener) }) },
    'app',
  );

  function isCancelled(url: string): unknown {
    const answers: unknown[] = [];
    judge?.({ url }, (answer) => answers.push(answer));
    return answers[0];
  }

  it.each(['app://desk/', 'app://desk/assets/app.js', 'data:image/png;base64,AA=='])('reaches %s', (url) => {
    expect(isCancelled(url)).toEqual({ cancel: false });
  });

  it.each([
    'https://example.org/',
    'http://127.0.0.1:8545/',
    'ws://127.0.0.1:8545/',
    'file:///etc/passwd',
    'entry://window/',
    'application://desk/',
    'devtools://devtools/bundled/inspector.html',
  ])('does not reach %s', (url) => {
    expect(isCancelled(url)).toEqual({ cancel: true });
  });
});

describe('the switches of the browser', () => {
  const switches = new Map<string, string | undefined>();
  pinBrowserSwitches({ appendSwitch: (name, value) => void switches.set(name, value) });

  it.each([
    ['host-resolver-rules', 'MAP * ~NOTFOUND'],
    ['proxy-server', 'http://127.0.0.1:9'],
    ['proxy-bypass-list', '<-loopback>'],
    ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
    ['disable-background-networking', undefined],
    ['disable-component-update', undefined],
    ['disable-domain-reliability', undefined],
    ['no-pings', undefined],
  ])('%s is %s', (name, value) => {
    expect(switches.has(name)).toBe(true);
    expect(switches.get(name)).toBe(value);
  });
});
