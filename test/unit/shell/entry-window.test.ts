import { describe, expect, it } from 'vitest';
import { setupEntryWindow } from '../../../electron/shell/entry-window.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { EntryVerdict, EntryView } from '../../../shared/entry-view.ts';
import { IpcDouble, turns, windowMaker, WindowDouble } from './doubles.ts';

const view: EntryView = { kind: 'passphrase', what: 'Open your key', file: 'operator.json' };
const top = { origin: 'entry://window', parent: null };

function scene(parent: WindowDouble | null = null) {
  const ipc = new IpcDouble();
  const { made, make } = windowMaker();
  const entry = setupEntryWindow({
    make,
    ipcMain: ipc,
    parent: () => parent?.asWindow() ?? null,
    preload: '/desk/entry-preload.cjs',
    packaged: true,
  });
  const window = (): WindowDouble => made.at(-1) ?? new WindowDouble();
  /** Asks as the entry window's own document does. */
  const invoke = (channel: string, ...args: unknown[]): Promise<unknown> =>
    ipc.invoke(channel, { sender: window().webContents, senderFrame: top }, ...args);
  return { ipc, made, entry, window, invoke };
}

const no: EntryVerdict = { taken: false, message: 'That is not it.' };
const taken: EntryVerdict = { taken: true };

describe('the entry window', () => {
  it('shows the view of main in a document of its own', async () => {
    const { entry, window, invoke } = scene();
    void entry.ask(view, async () => taken);
    expect(window().loaded).toEqual(['entry://window/']);
    expect(await invoke('entry:view')).toEqual(view);
  });

  it('makes the desk window wait', () => {
    const parent = new WindowDouble();
    const { entry, window } = scene(parent);
    void entry.ask(view, async () => taken);
    expect(window().options).toMatchObject({ parent, modal: true });
  });

  it('passes on what is typed, until it is taken', async () => {
    const { entry, window, invoke } = scene();
    const typed: string[] = [];
    const result = entry.ask(view, async (text) => (typed.push(text), text === 'right' ? taken : no));
    expect(await invoke('entry:submit', { typed: 'wrong' })).toEqual(no);
    expect(window().destroyed).toBe(false);
    expect(await invoke('entry:submit', { typed: 'right' })).toEqual(taken);
    expect(await result).toBe('taken');
    expect(typed).toEqual(['wrong', 'right']);
    expect(window().destroyed).toBe(true);
  });

  it('is cancelled by its own cancel, by being closed, by a crash of its page and by main', async () => {
    for (const end of ['cancel', 'close', 'crash', 'main'] as const) {
      const { entry, window, invoke } = scene();
      const result = entry.ask(view, async () => taken);
      if (end === 'cancel') await invoke('entry:cancel');
      if (end === 'close') window().close();
      if (end === 'crash') window().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
      if (end === 'main') entry.cancel();
      expect(await result).toBe('cancelled');
      expect(window().destroyed).toBe(true);
    }
  });

  it('goes with the desk window: nothing is typed for a desk that is not there', async () => {
    const parent = new WindowDouble();
    const { entry, window } = scene(parent);
    const result = entry.ask(view, async () => taken);
    parent.destroy();
    expect(await result).toBe('cancelled');
    expect(window().destroyed).toBe(true);
    expect(parent.listenerCount('closed')).toBe(0);
  });

  it('is one at a time: the next is cancelled, and the open one goes on', async () => {
    const { entry, made, invoke } = scene();
    const first = entry.ask(view, async () => taken);
    expect(await entry.ask({ ...view, file: 'other.json' }, async () => taken)).toBe('cancelled');
    expect(made).toHaveLength(1);
    expect(await invoke('entry:view')).toEqual(view);
    await invoke('entry:submit', { typed: 'right' });
    expect(await first).toBe('taken');
  });

  it('can be opened again after it was closed', async () => {
    const { entry, made } = scene();
    for (let count = 0; count < 2; count += 1) {
      const result = entry.ask(view, async () => taken);
      made.at(-1)?.close();
      expect(await result).toBe('cancelled');
    }
    expect(made).toHaveLength(2);
  });

  it('checks one text at a time', async () => {
    const { entry, invoke } = scene();
    const slow = Promise.withResolvers<EntryVerdict>();
    let checks = 0;
    void entry.ask(view, () => ((checks += 1), slow.promise));
    const first = invoke('entry:submit', { typed: 'a' });
    expect(await invoke('entry:submit', { typed: 'b' })).toMatchObject({ taken: false });
    slow.resolve(no);
    expect(await first).toEqual(no);
    expect(checks).toBe(1);
  });

  it('closed while a text is checked, it answers what that comes to: nothing begun is told as cancelled', async () => {
    for (const [verdict, told] of [
      [taken, 'taken'],
      [no, 'cancelled'],
    ] as const) {
      const { entry, window, invoke } = scene();
      const slow = Promise.withResolvers<EntryVerdict>();
      const result = entry.ask(view, () => slow.promise);
      void invoke('entry:submit', { typed: 'a' });
      await turns();
      window().close();
      slow.resolve(verdict);
      expect(await result).toBe(told);
    }
  });

  it('tells a coded error in its own words, and of any other nothing', async () => {
    const { entry, invoke } = scene();
    const errors = [
      new DeskError('PASSPHRASE_WRONG', { message: 'Wrong.', remedy: 'Try again.', retry: 'safe' }),
      new Error('secret inside'),
    ];
    void entry.ask(view, () => Promise.reject(errors.shift() ?? new Error('too many')));
    expect(await invoke('entry:submit', { typed: 'a' })).toEqual({
      taken: false,
      message: 'Wrong. Try again.',
    });
    const verdict = await invoke('entry:submit', { typed: 'a' });
    expect(verdict).toMatchObject({ taken: false });
    expect(JSON.stringify(verdict)).not.toContain('secret');
  });

  it.each([undefined, null, 'text', {}, { typed: 1 }, { typed: 'a', more: 1 }, { typed: 'a'.repeat(5_000) }])(
    'does not pass on %j',
    async (reply) => {
      const { entry, invoke } = scene();
      let checks = 0;
      void entry.ask(view, async () => ((checks += 1), taken));
      expect(await invoke('entry:submit', reply)).toMatchObject({ taken: false });
      expect(checks).toBe(0);
    },
  );
});

describe('only its own document is answered', () => {
  const channels = ['entry:view', 'entry:submit', 'entry:cancel'];

  it.each(channels)('%s is refused while no entry window is open', async (channel) => {
    const { ipc } = scene();
    const sender = new WindowDouble().webContents;
    await expect(ipc.invoke(channel, { sender, senderFrame: top })).rejects.toThrow('refused');
  });

  it.each(channels)('%s is refused to the desk window, whatever frame it says', async (channel) => {
    const { ipc, entry, window } = scene();
    void entry.ask(view, async () => taken);
    const sender = new WindowDouble().webContents;
    await expect(ipc.invoke(channel, { sender, senderFrame: top }, { typed: 'a' })).rejects.toThrow(
      'refused',
    );
    expect(window().destroyed).toBe(false);
  });

  it.each([
    ['a frame that is gone', null],
    ['a frame within it', { ...top, parent: top }],
    ['another origin in it', { ...top, origin: 'app://desk' }],
    ['an opaque origin in it', { ...top, origin: 'null' }],
  ])('%s is refused', async (_what, senderFrame) => {
    const { ipc, entry, window } = scene();
    void entry.ask(view, async () => taken);
    for (const channel of channels) {
      const event = { sender: window().webContents, senderFrame };
      await expect(ipc.invoke(channel, event, { typed: 'a' })).rejects.toThrow('refused');
    }
  });
});
