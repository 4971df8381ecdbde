import { describe, expect, it } from 'vitest';
import { setupEntryWindow } from '../../../electron/shell/entry-window.ts';
import { DeskError } from '../../../shared/errors.ts';
import { codeForm, entryField, entryForm, passphraseForm } from '../../../electron/workbench/entry-forms.ts';
import type { EntryValues, EntryVerdict, EntryView } from '../../../shared/entry-view.ts';
import { confirmView, everyField, proofView, totpView } from '../../support/entry-views.ts';
import { IpcDouble, turns, windowMaker, WindowDouble } from './doubles.ts';

const view: EntryView = passphraseForm({ what: 'Open your key', file: 'operator.json' });
/** What its document sends for a passphrase. */
const sent = (passphrase: string) => ({ values: { passphrase } });
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
    const typed: EntryValues[] = [];
    const result = entry.ask(
      view,
      async (values) => (typed.push(values), values['passphrase'] === 'right' ? taken : no),
    );
    expect(await invoke('entry:submit', sent('wrong'))).toEqual(no);
    expect(window().destroyed).toBe(false);
    expect(await invoke('entry:submit', sent('right'))).toEqual(taken);
    expect(await result).toBe('taken');
    expect(typed).toEqual([{ passphrase: 'wrong' }, { passphrase: 'right' }]);
    expect(window().destroyed).toBe(true);
  });

  it('is cancelled by its own cancel, by being closed and by main', async () => {
    for (const end of ['cancel', 'close', 'main'] as const) {
      const { entry, window, invoke } = scene();
      const result = entry.ask(view, async () => taken);
      if (end === 'cancel') await invoke('entry:cancel');
      if (end === 'close') window().close();
      if (end === 'main') entry.cancel();
      expect(await result).toBe('cancelled');
      expect(window().destroyed).toBe(true);
    }
  });

  it('is lost with its page, which nobody closed, and says so', async () => {
    const { entry, window } = scene();
    const result = entry.ask(view, async () => taken);
    window().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(await result).toBe('lost');
    expect(window().destroyed).toBe(true);
  });

  it('lost while an answer is checked that is taken then, it is not told as lost', async () => {
    const { entry, window, invoke } = scene();
    const slow = Promise.withResolvers<EntryVerdict>();
    const result = entry.ask(view, () => slow.promise);
    void invoke('entry:submit', sent('right'));
    window().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    slow.resolve(taken);
    expect(await result).toBe('taken');
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
    expect(await entry.ask(codeForm({ title: 'Another', action: 'Go on' }), async () => taken)).toBe(
      'cancelled',
    );
    expect(made).toHaveLength(1);
    expect(await invoke('entry:view')).toEqual(view);
    await invoke('entry:submit', sent('right'));
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

  it('is opened anew at once where main cancelled the one before, whose end does not touch it', async () => {
    const { entry, made, invoke } = scene();
    const first = entry.ask(view, async () => taken);
    entry.cancel();
    const second = entry.ask(view, async () => taken);
    expect(await first).toBe('cancelled');
    expect(made.map(({ destroyed }) => destroyed)).toEqual([true, false]);
    await invoke('entry:submit', sent('right'));
    expect(await second).toBe('taken');
  });

  it('checks one text at a time', async () => {
    const { entry, invoke } = scene();
    const slow = Promise.withResolvers<EntryVerdict>();
    let checks = 0;
    void entry.ask(view, () => ((checks += 1), slow.promise));
    const first = invoke('entry:submit', sent('a'));
    expect(await invoke('entry:submit', sent('b'))).toMatchObject({ taken: false });
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
      void invoke('entry:submit', sent('a'));
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
    expect(await invoke('entry:submit', sent('a'))).toEqual({
      taken: false,
      message: 'Wrong. Try again.',
    });
    const verdict = await invoke('entry:submit', sent('a'));
    expect(verdict).toMatchObject({ taken: false });
    expect(JSON.stringify(verdict)).not.toContain('secret');
  });

  it('is not asked where it could not be answered: no window opens', async () => {
    const { entry, made } = scene();
    const twice = entryForm({
      title: 'Twice',
      action: 'Go on',
      fields: ['a', 'a'].map((name) => entryField({ name, label: name, kind: 'text' })),
    });
    await expect(entry.ask(twice, async () => taken)).rejects.toThrow('has a name twice');
    const crooked = { ...totpView, qr: totpView.qr?.slice(1) ?? null };
    await expect(entry.ask(crooked, async () => taken)).rejects.toThrow('is not square');
    expect(made).toHaveLength(0);
  });
});

describe('one view after the other', () => {
  const code = codeForm({ title: 'Your code', action: 'Sign in' });

  it('is drawn in the same window, and answered with its own fields alone', async () => {
    const { entry, made, window, invoke } = scene();
    const typed: EntryValues[] = [];
    const result = entry.ask(view, async (values) => {
      typed.push(values);
      return 'code' in values ? taken : { taken: false, next: code };
    });
    expect(await invoke('entry:submit', sent('right'))).toEqual({ taken: false, next: code });
    expect(await invoke('entry:view')).toEqual(code);
    expect(await invoke('entry:submit', sent('right'))).toMatchObject({ taken: false });
    expect(typed).toHaveLength(1);
    expect(await invoke('entry:submit', { values: { code: '123456' } })).toEqual(taken);
    expect(await result).toBe('taken');
    expect(typed).toEqual([{ passphrase: 'right' }, { code: '123456' }]);
    expect(made).toHaveLength(1);
    expect(window().destroyed).toBe(true);
  });

  it('has a higher window where it needs one, and no lower one', async () => {
    const { entry, window, invoke } = scene();
    const following: EntryView[] = [totpView, code];
    void entry.ask(view, async () => ({ taken: false, next: following.shift() ?? view }));
    await invoke('entry:submit', sent('right'));
    await invoke('entry:submit', { values: { code: '123456' } });
    expect(window().sizes).toEqual([[740, 800]]);
  });

  it('is cancelled as the first is, also where it comes after the window has gone', async () => {
    const { entry, window, invoke } = scene();
    const slow = Promise.withResolvers<EntryVerdict>();
    const result = entry.ask(view, () => slow.promise);
    void invoke('entry:submit', sent('right'));
    await turns();
    window().close();
    slow.resolve({ taken: false, next: totpView });
    expect(await result).toBe('cancelled');
    expect(window().sizes).toEqual([]);
  });

  it('that could not be answered is a fault that is told, not shown', async () => {
    const { entry, invoke } = scene();
    const next = { ...code, fields: [...code.fields, ...code.fields] };
    void entry.ask(view, async () => ({ taken: false, next }));
    expect(await invoke('entry:submit', sent('right'))).toMatchObject({
      taken: false,
      message: expect.stringContaining('fault of its own'),
    });
    expect(await invoke('entry:view')).toEqual(view);
  });
});

describe('what is sent', () => {
  const values = {
    name: 'Ada',
    old: 'old passphrase',
    fresh: 'a new passphrase',
    code: '123456',
    phrase: '',
    kept: 'yes',
  };

  /** What comes of a reply to a view: its answer, and whether it got as far as the check. */
  async function replied(asked: EntryView, reply: unknown) {
    const { entry, invoke } = scene();
    let checks = 0;
    void entry.ask(asked, async () => ((checks += 1), no));
    return { answer: await invoke('entry:submit', reply), checks };
  }

  it.each([
    ['the fields of a form', everyField, values],
    ['a text that may stay empty, filled', everyField, { ...values, phrase: 'a b c' }],
    ['as much as one field takes', everyField, { ...values, phrase: 'a'.repeat(20_000) }],
    ['the text of a confirmation', confirmView, { typed: 'a' }],
    ['the text of a confirmation and the proof', proofView, { typed: 'a', proof: 'b' }],
  ])('%s is passed on', async (_what, asked, given) => {
    expect(await replied(asked, { values: given })).toEqual({ answer: no, checks: 1 });
  });

  const belongsNot = expect.stringContaining('does not belong to what is shown');
  it.each<[what: string, asked: EntryView, reply: unknown, message: unknown, field?: string]>([
    ['nothing', view, undefined, belongsNot],
    ['null', view, null, belongsNot],
    ['a text', view, 'text', belongsNot],
    ['no values', view, {}, belongsNot],
    ['a list', view, { values: ['a'] }, belongsNot],
    ['a number', view, { values: { passphrase: 1 } }, belongsNot],
    ['more than values', view, { values: { passphrase: 'a' }, more: 1 }, belongsNot],
    ['no field', view, { values: {} }, belongsNot],
    ['another field', view, { values: { typed: 'a' } }, belongsNot],
    ['one more field', view, { values: { passphrase: 'a', more: 'b' } }, belongsNot],
    ['a built-in name', view, JSON.parse('{"values":{"__proto__":"a"}}'), belongsNot],
    ['a name of all objects', view, { values: { constructor: 'a' } }, belongsNot],
    ['a field of another kind of view', everyField, { values: { ...values, proof: 'a' } }, belongsNot],
    ['a confirmation without the proof', proofView, { values: { typed: 'a' } }, belongsNot],
    ['a proof that was not asked for', confirmView, { values: { typed: 'a', proof: 'b' } }, belongsNot],
    ['a tick of other words', everyField, { values: { ...values, kept: 'no' } }, belongsNot, 'kept'],
    ['too long a text', view, sent('a'.repeat(20_001)), 'What you typed is too long to be read.'],
    [
      'an empty field',
      everyField,
      { values: { ...values, code: '' } },
      'One-time code: this is needed.',
      'code',
    ],
    ['no tick', everyField, { values: { ...values, kept: '' } }, 'I have read this: this is needed.', 'kept'],
    [
      'an empty proof',
      proofView,
      { values: { typed: 'a', proof: '' } },
      expect.stringContaining('is needed'),
      'proof',
    ],
    [
      'too short a text',
      everyField,
      { values: { ...values, fresh: 'short' } },
      'New passphrase: at least 12 characters are needed.',
      'fresh',
    ],
  ])('%s is not passed on', async (_what, asked, reply, message, field) => {
    const answer = { taken: false, message, ...(field === undefined ? {} : { field }) };
    expect(await replied(asked, reply)).toStrictEqual({ answer, checks: 0 });
  });

  it('is taken once: what comes after begins nothing', async () => {
    const { entry, invoke } = scene();
    let checks = 0;
    void entry.ask(view, async () => ((checks += 1), taken));
    const [first, second] = await Promise.all([
      invoke('entry:submit', sent('right')),
      invoke('entry:submit', sent('right')),
    ]);
    expect([first, second]).toEqual([taken, { taken: false, message: expect.any(String) }]);
    expect(checks).toBe(1);
  });
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
    await expect(ipc.invoke(channel, { sender, senderFrame: top }, sent('a'))).rejects.toThrow('refused');
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
      await expect(ipc.invoke(channel, event, sent('a'))).rejects.toThrow('refused');
    }
  });
});
