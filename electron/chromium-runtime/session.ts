import { EventEmitter } from 'node:events';
import type { Session as ElectronSession } from 'electron';
import { SchemeHandlers } from './protocol.ts';

type Handlers = Pick<
  ElectronSession,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>;

/**
 * Electron's session as far as the application uses it: whose windows are served by which handlers.
 * All sessions share the one profile of the run; different origins keep their windows apart.
 */
export class ChromiumSession extends EventEmitter implements Handlers {
  readonly protocol = new SchemeHandlers();

  /** Every request but those of the served schemes is failed by the runtime itself, whatever the handler would say. */
  readonly webRequest: Pick<ElectronSession['webRequest'], 'onBeforeRequest'> = {
    onBeforeRequest: () => undefined,
  };

  /** Every permission is refused by the browser itself, whatever the handler would say. */
  setPermissionRequestHandler(): void {}

  /** Every permission is refused by the browser itself, whatever the handler would say. */
  setPermissionCheckHandler(): void {}

  /** Every device is refused by the browser itself, whatever the handler would say. */
  setDevicePermissionHandler(): void {}
}

const sessions = new Map<string, ChromiumSession>();

/** The session of a name; the empty one is the default. */
export function sessionOf(partition: string): ChromiumSession {
  const known = sessions.get(partition);
  if (known !== undefined) return known;
  const made = new ChromiumSession();
  sessions.set(partition, made);
  return made;
}

export const session = {
  get defaultSession(): ChromiumSession {
    return sessionOf('');
  },
  fromPartition(partition: string): ChromiumSession {
    return sessionOf(partition);
  },
};
