/** How values lie in columns: the schemas that rows are read with. */
import { z } from 'zod';
import { addressSchema } from '../../shared/address-schema.ts';
import type { Address } from '../../shared/address.ts';
import type { Json } from '../../shared/canonical.ts';

/** A row id or a count. */
export const integerColumn = z.int().nonnegative();

export const addressColumn = addressSchema;

/** Of columns that only checksummed addresses are written to, and that are read by the hundred thousand. */
export const storedAddressColumn = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text as Address);

/** JSON text. */
export const jsonColumn = z.string().transform((text, context): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' });
    return z.NEVER;
  }
});

/** JSON text of a known form. */
export function jsonColumnOf<T>(schema: z.ZodType<T>): z.ZodType<T, string> {
  return jsonColumn.pipe(schema as z.ZodType<T, Json>);
}

/** 0 or 1. */
export const booleanColumn = z.lazy(() =>
  z.union([z.literal(0), z.literal(1)]).transform((bit) => bit === 1),
);
