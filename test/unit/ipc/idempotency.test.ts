import { describe, expect, it } from 'vitest';
import { DISPATCH_BOUNDS } from '../../../electron/ipc/dispatch.ts';
import { DeskError } from '../../../shared/errors.ts';
import { OUTPUTS, codeOf, deskDouble, key } from './desk-double.ts';
import type { DeskDouble } from './desk-double.ts';

function boundedDesk(keys: number, answerCharacters: number): DeskDouble {
  return deskDouble({ bounds: { ...DISPATCH_BOUNDS, intentions: { keys, answerCharacters } } });
}
const roomy = DISPATCH_BOUNDS.intentions;
const choose = (number: number, id = 'one') => ({ key: key(number), id });

describe('the same key with the same input', () => {
  it('has the same answer, and its effect once', async () => {
    const desk = deskDouble();

    const first = await desk.ask('networks.choose', choose(1));
    desk.behaviour = () => null;
    const second = await desk.ask('networks.choose', choose(1));

    expect(second).toEqual(first);
    expect(desk.runs).toHaveLength(1);
  });

  it('waits for the answer while the first is still under way', async () => {
    const desk = deskDouble();
    const { promise, resolve } = Promise.withResolvers();
    desk.behaviour = () => promise;

    const first = desk.ask('networks.choose', choose(1));
    const second = desk.ask('networks.choose', choose(1));
    resolve(OUTPUTS['networks.choose']);

    expect(await second).toEqual(await first);
    expect(codeOf(await first)).toBe('OK');
    expect(desk.runs).toHaveLength(1);
  });

  it('is not run again by a call that its own effect makes', async () => {
    const desk = deskDouble();
    let inner: Promise<unknown> = Promise.resolve();
    desk.behaviour = (name) => {
      inner = desk.ask('networks.choose', choose(1));
      return OUTPUTS[name];
    };

    const outer = await desk.ask('networks.choose', choose(1));

    expect(await inner).toEqual(outer);
    expect(desk.runs).toHaveLength(1);
  });

  it('has the same failure, for a failed effect may have been half done', async () => {
    const desk = deskDouble();
    desk.behaviour = () => {
      throw new DeskError('NOT_CONNECTED', { message: 'm', remedy: 'r', retry: 'safe' });
    };

    const first = await desk.ask('networks.choose', choose(1));
    desk.behaviour = (name) => OUTPUTS[name];
    const second = await desk.ask('networks.choose', choose(1));

    expect(codeOf(first)).toBe('NOT_CONNECTED');
    expect(second).toEqual(first);
    expect(desk.runs).toHaveLength(1);
  });

  it('is the same in capitals and whatever the order of entries', async () => {
    const desk = deskDouble();
    const hex = '00000000-0000-4000-8000-abcdefabcdef';

    const answers = [
      await desk.ask('networks.choose', { key: hex, id: 'one' }),
      await desk.ask('networks.choose', { id: 'one', key: hex }),
    ];

    expect(answers.map(codeOf)).toEqual(['OK', 'OK']);
    expect(desk.runs).toHaveLength(1);
    expect(codeOf(await desk.ask('networks.choose', { key: hex.toUpperCase(), id: 'two' }))).toBe('KEY_USED');
  });

  it('has no answer any more for who may not ask any more', async () => {
    const desk = deskDouble();
    desk.rights.isSignedIn = true;
    const input = { key: key(1) };

    await desk.ask('participants.chooseFile', input);
    desk.rights.isSignedIn = false;

    expect(codeOf(await desk.ask('participants.chooseFile', input))).toBe('RIGHT_MISSING');
  });
});

describe('the same key with something else', () => {
  it('is refused for another input', async () => {
    const desk = deskDouble();
    await desk.ask('networks.choose', choose(1, 'one'));

    expect(codeOf(await desk.ask('networks.choose', choose(1, 'two')))).toBe('KEY_USED');
    expect(desk.runs).toHaveLength(1);
  });

  it('is refused for another name, also of the same input', async () => {
    const desk = deskDouble();
    await desk.ask('networks.choose', choose(1));

    expect(codeOf(await desk.ask('networks.remove', choose(1)))).toBe('KEY_USED');
    expect(desk.runs).toHaveLength(1);
  });

  it('is refused while the first is still under way', async () => {
    const desk = deskDouble();
    const { promise, resolve } = Promise.withResolvers();
    desk.behaviour = () => promise;

    const first = desk.ask('networks.choose', choose(1));
    const second = await desk.ask('networks.remove', choose(1));
    resolve(OUTPUTS['networks.choose']);

    expect([await first, second].map(codeOf)).toEqual(['OK', 'KEY_USED']);
  });
});

describe('a key that was refused before its effect', () => {
  it('is still good for it', async () => {
    const desk = deskDouble();
    desk.lock.holder = 'R-0000000000';
    const locked = await desk.ask('networks.choose', choose(1));
    desk.lock.holder = null;
    const used = await desk.ask('networks.choose', choose(1));

    expect([locked, used].map(codeOf)).toEqual(['LOCKED_ON_RECOVERY', 'OK']);
  });
});

describe('what is remembered', () => {
  it('has a bound, past which nothing new is run and nothing old is run again', async () => {
    const desk = boundedDesk(2, roomy.answerCharacters);
    const first = await desk.ask('networks.choose', choose(1));
    await desk.ask('networks.choose', choose(2));

    expect(codeOf(await desk.ask('networks.choose', choose(3)))).toBe('TOO_MANY_CALLS');
    expect(await desk.ask('networks.choose', choose(1))).toEqual(first);
    expect(desk.runs).toHaveLength(2);
  });

  it('is the newest answers; of an older one it is known that it was carried out', async () => {
    const { length } = JSON.stringify({ ok: true, value: OUTPUTS['networks.choose'] });
    const desk = boundedDesk(roomy.keys, 2 * length);
    for (const number of [1, 2, 3]) await desk.ask('networks.choose', choose(number));

    const repeats = [3, 2, 1].map((number) => desk.ask('networks.choose', choose(number)));

    expect((await Promise.all(repeats)).map(codeOf)).toEqual(['OK', 'OK', 'KEY_USED']);
    expect(desk.runs).toHaveLength(3);
  });

  it('is every key, also where one answer is more than all that may be kept', async () => {
    const desk = boundedDesk(roomy.keys, 1);
    const first = await desk.ask('networks.choose', choose(1));
    const second = await desk.ask('networks.choose', choose(1));

    expect([first, second].map(codeOf)).toEqual(['OK', 'KEY_USED']);
    expect(desk.runs).toHaveLength(1);
  });
});
