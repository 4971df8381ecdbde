import { describe, expect, it } from 'vitest';
import type { Sender } from '../../../electron/ipc/needs.ts';
import { setupDeskEvents, setupDeskIpc } from '../../../electron/shell/ipc-registration.ts';
import { senderOf } from '../../../electron/shell/sender.ts';
import { IpcDouble, standingFor, WindowDouble } from './doubles.ts';

const top = { origin: 'app://desk', parent: null };

/** An event with a frame, as the runtime makes it. */
function from(senderFrame: unknown): Parameters<typeof senderOf>[0] {
  return standingFor({ senderFrame });
}

describe('the sender of a message', () => {
  it('is the origin of its frame, which is the top one', () => {
    expect(senderOf(from(top))).toEqual({ origin: 'app://desk', top: true });
  });

  it('is known to be in another document', () => {
    expect(senderOf(from({ ...top, parent: top }))).toEqual({ origin: 'app://desk', top: false });
  });

  it('is of another origin, word for word', () => {
    expect(senderOf(from({ ...top, origin: 'https://example.org' }))).toEqual({
      origin: 'https://example.org',
      top: true,
    });
  });

  it('is nobody where the frame is gone', () => {
    expect(senderOf(from(null))).toBeNull();
  });

  it('is nobody where the frame goes while it is looked at', () => {
    const disposed = {
      get origin(): string {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed');
      },
      parent: null,
    };
    expect(senderOf(from(disposed))).toBeNull();
  });
});

describe('the channel of the desk', () => {
  it('hands name, input and sender to dispatch, and its answer back', async () => {
    const ipc = new IpcDouble();
    const calls: [unknown, unknown, Sender | null][] = [];
    setupDeskIpc(ipc, async (...call) => {
      calls.push(call);
      return { ok: true, value: 1 };
    });
    expect([...ipc.handlers.keys()]).toEqual(['desk:invoke']);
    const answer = await ipc.invoke('desk:invoke', from(top), 'desk.state', { a: 1 }, 'more');
    expect(answer).toEqual({ ok: true, value: 1 });
    expect(calls).toEqual([['desk.state', { a: 1 }, { origin: 'app://desk', top: true }]]);
  });
});

describe('events', () => {
  it('go to the desk window on their one channel', () => {
    const window = new WindowDouble();
    setupDeskEvents(() => window.asWindow())('desk.changed', { a: 1 });
    expect(window.webContents.sent).toEqual([['desk:event', 'desk.changed', { a: 1 }]]);
  });

  it('go nowhere without a window', () => {
    const window = new WindowDouble();
    window.destroy();
    expect(() => setupDeskEvents(() => null)('desk.changed', {})).not.toThrow();
    setupDeskEvents(() => window.asWindow())('desk.changed', {});
    expect(window.webContents.sent).toEqual([]);
  });
});
