import type { Session } from 'electron';

type Guarded = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>;

/** Denies every permission. Has to be told of each session that a window uses: handlers of another one do nothing. */
export function setupPermissions(session: Guarded): void {
  // SECURITY: asked for.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  // SECURITY: looked up, without being asked for.
  session.setPermissionCheckHandler(() => false);
  // SECURITY: devices of USB, HID and serial.
  session.setDevicePermissionHandler(() => false);
}
