import type { CommandLine } from 'electron';

/** Pages need no network, so their browser has none: no name resolves, and what is left goes to a dead proxy. */
const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  // SECURITY: no name of any host resolves.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  // SECURITY: nothing is listening at the discard port.
  ['proxy-server', 'http://127.0.0.1:9'],
  ['proxy-bypass-list', '<-loopback>'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  // SECURITY: the browser asks for nothing on its own account.
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['no-pings'],
];

/** Has to run before the application is ready. */
export function pinBrowserSwitches(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  for (const [name, value] of SWITCHES) commandLine.appendSwitch(name, value);
}
