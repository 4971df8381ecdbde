import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../electron/operator/child-environment.ts';

describe('the environment of a helper program', () => {
  it('says where the keychain is, and how the person may be asked', () => {
    const own = {
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1/bus',
      HOME: '/home/anna',
      XDG_RUNTIME_DIR: '/run/user/1',
      XDG_CURRENT_DESKTOP: 'GNOME',
      DISPLAY: ':0',
      WAYLAND_DISPLAY: 'wayland-0',
      LANG: 'de_CH.UTF-8',
      LC_MESSAGES: 'de_CH.UTF-8',
      SystemRoot: 'C:\\Windows',
    };
    expect(childEnvironment(own)).toEqual(own);
  });

  it.each([
    ['NODE_OPTIONS', '--require /tmp/x.js'],
    ['LD_PRELOAD', '/tmp/x.so'],
    ['RECOVERY_DESK_DATA', '/data'],
    ['RPC_TOKEN', 'secret'],
    ['XDG_', 'x'],
    ['HOME', undefined],
  ])('has no %s', (name, value) => {
    expect(childEnvironment({ [name]: value })).toEqual({});
  });
});
