import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../renderer/app/connect.ts';
import { isAway, takeDeskState, useWindow } from '../../../renderer/app/store.ts';
import { call } from '../../../renderer/desk.ts';
import type { DeskState } from '../../../shared/desk-state.ts';
import { SCENES } from '../../support/fake-desk-scenes.ts';

const open = SCENES['signed-in']().state;
const locked = SCENES.locked().state;
const prepared = SCENES['case-split']().wizard;
const REFUSAL = { code: 'DESK_LOCKED', message: 'Locked.', remedy: 'Unlock.', retry: 'never' };

/** Main, as far as the window connects to it: nothing but the desk's state is told while it is locked. */
function main(state: DeskState) {
  const now = { state };
  const away = (): boolean => now.state.lock.kind !== 'open';
  vi.stubGlobal('window', {
    desk: {
      on: () => () => undefined,
      invoke: async (name: string) => {
        if (name === 'desk.state') return { ok: true, value: now.state };
        return away() ? { ok: false, error: REFUSAL } : { ok: true, value: prepared };
      },
    },
  });
  return now;
}

beforeEach(() => useWindow.setState(useWindow.getInitialState(), true));
afterEach(() => vi.unstubAllGlobals());

describe('a window and the lock of its desk', () => {
  it('opens on the lock, without a wizard, and is told the wizard once it is unlocked', async () => {
    const now = main(locked);
    await connect();
    expect(isAway(useWindow.getState())).toBe(true);
    expect(useWindow.getState().wizard).toEqual({ step: 'none' });

    now.state = open;
    takeDeskState(open);

    await vi.waitFor(() => expect(useWindow.getState().wizard).toEqual(prepared));
  });

  it('shows the lock when anything is refused for it, also where the lock itself was not told', async () => {
    const now = main(open);
    await connect();
    expect(useWindow.getState().wizard).toEqual(prepared);

    now.state = locked;
    await call('recovery.list', {});

    await vi.waitFor(() => expect(isAway(useWindow.getState())).toBe(true));
    expect(useWindow.getState().wizard).toEqual({ step: 'none' });
  });
});
