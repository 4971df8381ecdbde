import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import { errorViewSchema } from '../../../shared/answer.ts';
import { EVENTS, PROCEDURES, RIGHTS } from '../../../shared/contract.ts';
import type { EventSpec, ProcedureSpec, Procedures } from '../../../shared/contract.ts';
import { EVENT_NAMES, PROCEDURE_NAMES } from '../../../shared/contract-names.ts';
import type { EventName, ProcedureName } from '../../../shared/contract-names.ts';
import { DeskError } from '../../../shared/errors.ts';
import { reachOf } from '../../support/imports.ts';
import { arbitraryOf } from '../ipc/arbitrary-of-schema.ts';

/** Whether a type is JSON all the way down; `any` and `unknown` are not, for anything could hide in them. */
type IsJson<T> = 0 extends 1 & T
  ? false
  : [T] extends [string | number | boolean | null]
    ? true
    : unknown extends T
      ? false
      : [undefined] extends [T]
        ? false
        : AllJson<T>;
/** Of a union every member, of an object every entry. */
type AllJson<T> = false extends (T extends string | number | boolean | null ? true : Entries<T>)
  ? false
  : true;
type Entries<T> = T extends (...args: never) => unknown
  ? false
  : T extends readonly (infer E)[]
    ? IsJson<E>
    : T extends object
      ? false extends { [K in keyof T]-?: K extends string ? IsJson<Required<T>[K]> : false }[keyof T]
        ? false
        : true
      : false;

const procedures: readonly [ProcedureName, ProcedureSpec][] = PROCEDURE_NAMES.map((name) => [
  name,
  PROCEDURES[name],
]);
const events: readonly [EventName, EventSpec][] = EVENT_NAMES.map((name) => [name, EVENTS[name]]);

/** Every schema of the contract once, by the first that uses it: many procedures answer with the same view. */
const schemas: readonly (readonly [string, z.ZodType])[] = [
  ...new Map(
    [
      ...procedures.flatMap(([name, { input, output }]): [z.ZodType, string][] => [
        [input, `the input of ${name}`],
        [output, `the output of ${name}`],
      ]),
      ...events.map(([name, { payload }]): [z.ZodType, string] => [payload, `the payload of ${name}`]),
    ].toReversed(),
  ),
].map(([schema, words]) => [words, schema]);

/** Says the same before and after it went through a text, and parses to itself. */
function survives(schema: z.ZodType): void {
  fc.assert(
    fc.property(arbitraryOf(schema), (value) => {
      const parsed = schema.parse(value);
      const carried: unknown = JSON.parse(JSON.stringify(parsed));
      expect(carried).toStrictEqual(parsed);
      expect(schema.parse(carried)).toStrictEqual(parsed);
    }),
    { numRuns: 30 },
  );
}

describe('the names', () => {
  it('are those of the map, once each', () => {
    expect([...PROCEDURE_NAMES].toSorted()).toEqual(Object.keys(PROCEDURES).toSorted());
    expect([...EVENT_NAMES].toSorted()).toEqual(Object.keys(EVENTS).toSorted());
  });

  it('say what they are about, then what is done or what happened', () => {
    for (const name of [...PROCEDURE_NAMES, ...EVENT_NAMES]) expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]*$/);
  });

  it('are all that the preload needs: their file reaches for nothing', () => {
    const file = 'shared/contract-names.ts';
    const text = readFileSync(path.resolve(import.meta.dirname, '../../..', file), 'utf8');

    expect(reachOf(file, text)).toEqual({ imports: [], globals: [] });
  });
});

describe('what crosses the bridge', () => {
  it('is JSON by its type', () => {
    type InputsJson = { [P in ProcedureName]: IsJson<z.output<Procedures[P]['input']>> }[ProcedureName];
    type OutputsJson = { [P in ProcedureName]: IsJson<z.output<Procedures[P]['output']>> }[ProcedureName];
    type SentJson = { [P in ProcedureName]: IsJson<z.input<Procedures[P]['input']>> }[ProcedureName];
    type PayloadsJson = { [E in EventName]: IsJson<z.output<(typeof EVENTS)[E]['payload']>> }[EventName];

    expectTypeOf<InputsJson>().toEqualTypeOf<true>();
    expectTypeOf<OutputsJson>().toEqualTypeOf<true>();
    expectTypeOf<SentJson>().toEqualTypeOf<true>();
    expectTypeOf<PayloadsJson>().toEqualTypeOf<true>();
  });

  it('would not be JSON with any of these in it', () => {
    expectTypeOf<IsJson<{ a: bigint }>>().toEqualTypeOf<false>();
    expectTypeOf<IsJson<{ a: Date }>>().toEqualTypeOf<false>();
    expectTypeOf<IsJson<{ a: unknown }>>().toEqualTypeOf<false>();
    expectTypeOf<IsJson<{ a: { b: undefined } }>>().toEqualTypeOf<false>();
    expectTypeOf<IsJson<() => string>>().toEqualTypeOf<false>();
    expectTypeOf<IsJson<string[] | Map<string, string>>>().toEqualTypeOf<false>();
    expectTypeOf<IsJson<{ a?: string | undefined }>>().toEqualTypeOf<false>();
    expectTypeOf<IsJson<{ a?: string }>>().toEqualTypeOf<true>();
    expectTypeOf<IsJson<{ a: readonly { b: string | null }[] }>>().toEqualTypeOf<true>();
  });

  it.each(schemas)('goes through a text unchanged as %s', (_, schema) => {
    expect(() => survives(schema)).not.toThrow();
  });

  it('is an error in the form that every error has', () => {
    const error = new DeskError('RPC_ERROR', { message: 'm', remedy: 'r', retry: 'safe' });

    expect(errorViewSchema.parse(error.toJSON())).toEqual(error.toJSON());
  });
});

describe('every procedure', () => {
  it.each(procedures)('%s takes a key exactly when it has an effect', (_, { input, effect }) => {
    const sample = fc.sample(arbitraryOf(input), { numRuns: 1 }).at(0) as object;

    expect(Object.hasOwn(sample, 'key')).toBe(effect);
  });

  it.each(procedures)('%s refuses a key that is no UUID, where it takes one', (_, { input, effect }) => {
    const sample = fc.sample(arbitraryOf(input), { numRuns: 1 }).at(0) as object;

    expect(input.safeParse({ ...sample, key: 'again' }).success).toBe(false);
    expect(input.safeParse(sample).success, String(effect)).toBe(true);
  });

  it.each(procedures)('%s refuses an entry that it does not know', (_, { input }) => {
    const sample = fc.sample(arbitraryOf(input), { numRuns: 1 }).at(0) as object;

    expect(input.safeParse({ ...sample, more: true }).success).toBe(false);
  });

  it.each(procedures)('%s names a right', (_, { right }) => {
    expect(RIGHTS).toContain(right);
  });

  it.each(procedures.filter(([, { right }]) => right === 'initiator'))(
    '%s names the recovery that its right is on',
    (_, { input }) => {
      expect(fc.sample(arbitraryOf(input), { numRuns: 1 }).at(0)).toHaveProperty('recoveryId');
    },
  );
});

describe('while a recovery holds the desk', () => {
  it('nothing may be asked but to look, to connect, to sign in and out, to go on and to close a summary', () => {
    const allowed = PROCEDURE_NAMES.filter((name) => PROCEDURES[name].duringRecovery);

    expect(allowed).toEqual([
      'desk.state',
      'desk.setAppearance',
      'networks.reconnect',
      'operator.signIn',
      'operator.signOut',
      'operator.lock',
      'operator.unlock',
      'wizard.state',
      'wizard.leave',
      'recovery.get',
      'recovery.resume',
      'recovery.confirmPart',
      'recovery.exportCalls',
      'recovery.saveReport',
    ]);
  });
});

describe('while the desk is hidden or locked', () => {
  it('nothing may be asked, and nothing is told, but what shows and unlocks it', () => {
    const asked = PROCEDURE_NAMES.filter((name) => 'whileLocked' in PROCEDURES[name]);
    const told = EVENT_NAMES.filter((name) => 'whileLocked' in EVENTS[name]);

    expect(asked).toEqual([
      'desk.state',
      'desk.setAppearance',
      'operator.signOut',
      'operator.lock',
      'operator.unlock',
    ]);
    expect(told).toEqual(['desk.changed']);
  });
});
