/** Values that a schema of the contract takes, generated from the schema itself: no second description to go stale. */
import * as fc from 'fast-check';
import type { z } from 'zod';
import { addressSchema } from '../../../shared/address-schema.ts';
import { ERRORS } from '../../../shared/errors.ts';

/** Long enough to meet every form, short enough to make thousands. */
const MOST_ENTRIES = 3;
const MOST_CHARACTERS = 24;

/** @throws TypeError for a kind of schema that the contract does not use so far. */
export function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (schema === addressSchema) return fc.stringMatching(/^0x[0-9a-f]{40}$/);
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'lazy') return arbitraryOf(def.getter());
  if (def.type === 'object') return objectOf(def.shape);
  if (def.type === 'array')
    return fc.array(arbitraryOf(def.element), { minLength: leastOf(def.checks), maxLength: MOST_ENTRIES });
  if (def.type === 'nullable') return fc.option(arbitraryOf(def.innerType), { nil: null });
  if (def.type === 'union') return fc.oneof(...def.options.map(arbitraryOf));
  if (def.type === 'enum') return fc.constantFrom(...Object.values(def.entries));
  if (def.type === 'literal') return fc.constantFrom(...def.values);
  if (def.type === 'boolean') return fc.boolean();
  if (def.type === 'number') return numberOf(def.checks ?? []);
  if (def.type === 'string') return textOf(def);
  if (def.type === 'pipe') return arbitraryOf(def.in);
  if (def.type === 'record' && def.keyType._zod.def.type === 'enum')
    return entriesOf(def.keyType, def.valueType);
  throw new TypeError(`no values known for a schema of type ${def.type}`);
}

function objectOf(shape: Readonly<Record<string, z.core.$ZodType>>): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape);
  const optional = (schema: z.core.$ZodType) => schema._zod.def.type === 'optional';
  return fc.record(
    Object.fromEntries(fields.map(([name, schema]) => [name, arbitraryOf(withoutOptional(schema))])),
    {
      requiredKeys: fields.filter(([, schema]) => !optional(schema)).map(([name]) => name),
      noNullPrototype: true,
    },
  );
}

/** A value for each name of an enum. */
function entriesOf(names: z.core.$ZodType, value: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = (names as z.core.$ZodEnum)._zod;
  const entries = Object.values(def.entries).map((name) => [name, arbitraryOf(value)] as const);
  return fc.record(Object.fromEntries(entries), { noNullPrototype: true });
}

function withoutOptional(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'optional' ? def.innerType : schema;
}

type Check = z.core.$ZodCheck;

function numberOf(checks: readonly Check[]): fc.Arbitrary<number> {
  let min = -1000;
  let max = 100_000;
  for (const check of checks) {
    const { def } = (check as unknown as z.core.$ZodChecks)._zod;
    if (def.check === 'greater_than') min = Math.max(min, Number(def.value) + (def.inclusive ? 0 : 1));
    if (def.check === 'less_than') max = Math.min(max, Number(def.value) - (def.inclusive ? 0 : 1));
  }
  return fc.integer({ min, max });
}

/** Entries that a list must have. */
function leastOf(checks: readonly Check[] = []): number {
  return checks.reduce((least, check) => {
    const { def } = (check as unknown as z.core.$ZodChecks)._zod;
    return def.check === 'min_length' ? def.minimum : least;
  }, 0);
}

function textOf(def: z.core.$ZodStringDef & { readonly format?: string }): fc.Arbitrary<string> {
  if (def.format === 'uuid') return fc.uuid();
  if (def.format === 'datetime') {
    const range = { min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true };
    return fc.date(range).map((date) => date.toISOString());
  }
  let least = 0;
  let most = MOST_CHARACTERS;
  for (const check of def.checks ?? []) {
    if (check._zod.def.check === 'custom') return fc.constantFrom(...Object.keys(ERRORS));
    const { def } = (check as unknown as z.core.$ZodChecks)._zod;
    if (def.check === 'string_format' && def.pattern !== undefined) return fc.stringMatching(def.pattern);
    if (def.check === 'min_length') least = def.minimum;
    if (def.check === 'max_length') most = Math.min(most, def.maximum);
  }
  // White space at the ends would be trimmed, and might leave nothing.
  return fc
    .string({ unit: 'grapheme', minLength: least, maxLength: most })
    .map((text) => text.trim().slice(0, most))
    .filter((text) => text.length >= least && text.isWellFormed());
}
