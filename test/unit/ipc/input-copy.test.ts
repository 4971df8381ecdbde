import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISPATCH_BOUNDS } from '../../../electron/ipc/dispatch.ts';
import { copyInput } from '../../../electron/ipc/input-copy.ts';
import { DeskError } from '../../../shared/errors.ts';
import { codeOf, deskDouble, key } from './desk-double.ts';

const bounds = DISPATCH_BOUNDS.input;

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

const cycle: { self?: unknown } = {};
cycle.self = cycle;

const garbage: readonly [string, unknown, string][] = [
  ['nothing', undefined, 'no plain value'],
  ['an entry of nothing', { entry: undefined }, 'no plain value'],
  ['a big integer', { entry: 1n }, 'no plain value'],
  ['a function', { entry: () => 'x' }, 'no plain value'],
  ['a symbol', Symbol('x'), 'no plain value'],
  ['a date', { entry: new Date(0) }, 'no plain value'],
  ['a map', new Map(), 'no plain value'],
  ['bytes', new Uint8Array(4), 'no plain value'],
  ['no number', { entry: Number.NaN }, 'a number without end'],
  ['a number without end', [Number.POSITIVE_INFINITY], 'a number without end'],
  ['half a character', { entry: '\uD800' }, 'half a character'],
  ['a name of half a character', { '\uDC00': 1 }, 'half a character'],
  ['a list with holes', Object.assign([], { 0: 1, 2: 2 }), 'no plain value'],
  ['a list of no end', Object.assign([], { length: 4_000_000_000 }), 'no plain value'],
  ['a cycle', cycle, 'nested too deeply'],
  ['something deep', nested(bounds.depth + 1), 'nested too deeply'],
  ['something very deep', nested(100_000), 'nested too deeply'],
  ['a huge text', { entry: 'x'.repeat(50_000_000) }, 'too large'],
  ['a huge name', { ['x'.repeat(1_000_000)]: 1 }, 'too large'],
  ['a huge list', Array.from({ length: 1_000_000 }, () => 1), 'too large'],
  ['a prototype', JSON.parse('{"__proto__":{"admin":true}}'), 'a name that is not allowed'],
];

describe('an input', () => {
  it('is taken over as JSON would carry it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        expect(copyInput(value, bounds)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('may be as deep as the bound', () => {
    expect(copyInput(nested(bounds.depth), bounds)).toEqual(nested(bounds.depth));
  });

  it.each(garbage)('that is %s is refused at once, as what it is', async (_, value, words) => {
    const desk = deskDouble();
    const before = performance.now();

    const answer = await desk.ask('desk.state', value);

    expect(answer).toMatchObject({
      error: { code: 'INPUT_INVALID', message: expect.stringContaining(words) },
    });
    expect(performance.now() - before).toBeLessThan(500);
    expect(codeOf(await desk.ask('desk.state'))).toBe('OK');
  });

  it('is refused when its getters throw, and nothing of what they threw is told', () => {
    const input = {
      get entry(): never {
        throw new Error('hunter2');
      },
    };

    expect(() => copyInput(input, bounds)).toThrow(DeskError);
    expect(() => copyInput(input, bounds)).not.toThrow('hunter2');
  });

  it('is refused when its getters could answer differently later', () => {
    let asked = 0;
    const input = {
      get entry() {
        asked += 1;
        return asked;
      },
    };

    expect(() => copyInput(input, bounds)).toThrow('no plain value');
    expect(asked).toBe(0);
  });

  it('is refused when looking at it throws', () => {
    const input = new Proxy(
      {},
      {
        ownKeys() {
          throw new DeskError('INTERNAL', { message: 'hunter2', remedy: '', retry: 'safe' });
        },
      },
    );

    expect(() => copyInput(input, bounds)).toThrow('cannot be read');
  });

  it('that changes after it was sent changes nothing', async () => {
    const desk = deskDouble();
    const input = { key: key(1), id: 'mine' };

    const answer = desk.ask('networks.choose', input);
    input.id = 'theirs';
    await answer;

    expect(desk.runs[0]?.input).toEqual({ key: key(1), id: 'mine' });
  });

  it('is looked at once: an object that says something else to the next who asks is not asked again', async () => {
    const desk = deskDouble();
    const input = new Proxy({ key: key(1), id: 'mine' }, { get: () => 'theirs' });

    await desk.ask('networks.choose', input);

    expect(desk.runs[0]?.input).toEqual({ key: key(1), id: 'mine' });
  });
});
