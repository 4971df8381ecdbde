import { afterEach, describe, expect, it, vi } from 'vitest';
import { ASKED_AHEAD, askedAhead } from '../../../shared/asked-ahead.ts';
import { EVENT_NAMES } from '../../../shared/contract-names.ts';
import type { DeskBridge } from '../../../shared/desk-bridge.ts';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { SCENES } from '../../support/fake-desk-scenes.ts';

const open = SCENES['signed-in']().state;
const locked = SCENES.locked().state;
const prepared = SCENES['case-split']().wizard;
const NONE: Wizard = { step: 'none' };
const REFUSAL = { code: 'DESK_LOCKED', message: 'Locked.', remedy: 'Unlock.', retry: 'never' };

/** Main, as far as the window connects to it: nothing but the desk's state is told while it is locked. */
function main(state: DeskState) {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const now = {
    state,
    tell(name: string, payload: unknown) {
      for (const listener of listeners.get(name) ?? []) listener(payload);
    },
  };
  const away = (): boolean => now.state.lock.kind !== 'open';
  const bridge: DeskBridge = {
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => void all.delete(listener);
    },
    invoke: async (name) => {
      if (name === 'desk.state') return { ok: true, value: now.state };
      return away() ? { ok: false, error: REFUSAL } : { ok: true, value: prepared };
    },
  };
  vi.stubGlobal('window', { desk: askedAhead(bridge, ASKED_AHEAD, EVENT_NAMES) });
  return now;
}

/** A window as it begins: its modules are read anew. */
async function begun() {
  vi.resetModules();
  const { connect } = await import('../../../renderer/app/connect.ts');
  const { call } = await import('../../../renderer/desk.ts');
  return { connect, call, ...(await import('../../../renderer/app/store.ts')) };
}
type Begun = Awaited<ReturnType<typeof begun>>;

const wizardOf = ({ useWindow }: Begun): Wizard => useWindow.getState().wizard;

afterEach(() => vi.unstubAllGlobals());

describe('a window that begins', () => {
  it('shows what main answered', async () => {
    main(open);
    const window = await begun();
    await window.connect();
    expect(window.useWindow.getState().deskState).toEqual(open);
    expect(wizardOf(window)).toEqual(prepared);
  });

  it('shows what it was told before it was ready to listen, and not the older answer', async () => {
    const now = main(open);
    const window = await begun();
    now.tell('desk.changed', { ...open, version: 'told' });
    now.tell('wizard.changed', NONE);
    await window.connect();
    expect(window.useWindow.getState().deskState?.version).toBe('told');
    expect(wizardOf(window)).toEqual(NONE);
  });

  it('takes what it is told from then on once', async () => {
    const now = main(open);
    const window = await begun();
    await window.connect();
    const seen: (string | undefined)[] = [];
    window.useWindow.subscribe(({ deskState }) => seen.push(deskState?.version));
    now.tell('desk.changed', { ...open, version: 'later' });
    expect(seen).toEqual(['later']);
  });
});

describe('a window and the lock of its desk', () => {
  it('opens on the lock, without a wizard, and is told the wizard once it is unlocked', async () => {
    const now = main(locked);
    const window = await begun();
    await window.connect();
    expect(window.isAway(window.useWindow.getState())).toBe(true);
    expect(wizardOf(window)).toEqual(NONE);

    now.state = open;
    window.takeDeskState(open);

    await vi.waitFor(() => expect(wizardOf(window)).toEqual(prepared));
  });

  it('shows the lock when anything is refused for it, also where the lock itself was not told', async () => {
    const now = main(open);
    const window = await begun();
    await window.connect();
    expect(wizardOf(window)).toEqual(prepared);

    now.state = locked;
    await window.call('recovery.list', {});

    await vi.waitFor(() => expect(window.isAway(window.useWindow.getState())).toBe(true));
    expect(wizardOf(window)).toEqual(NONE);
  });
});
