import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { textIndex } from '../../../electron/workbench/text-index.ts';

const letters = string({ unit: constantFrom('a', 'b', 'é', '0', ' ', '\n'), maxLength: 8 });

test('it finds every text that holds a part, and no other, in their order', () => {
  assert(
    property(array(letters, { maxLength: 40 }), letters, (texts, part) => {
      const wanted = texts.flatMap((text, position) => (text.includes(part) ? [position] : []));
      expect(textIndex(texts).holding(part)).toEqual(wanted);
    }),
  );
});

test('a part that no text is filed under is found nowhere', () => {
  expect(textIndex(['maren holt', 'aiko tanaka']).holding('zzyzx')).toEqual([]);
  expect(textIndex([]).holding('ab')).toEqual([]);
});

test('of two parts that are both long, the rare one decides', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `person ${String(index)}`);
  expect(textIndex(many).holding('person 4321')).toEqual([4321]);
});
