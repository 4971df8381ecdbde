/** What crosses the bridge back: a value, or an error in words for a person. Nothing is thrown across it (DESIGN 2.2). */
import { z } from 'zod';
import { ERRORS } from './errors.ts';
import type { ErrorCode } from './errors.ts';

export const errorCodeSchema = z
  .string()
  .refine((code): code is ErrorCode => Object.hasOwn(ERRORS, code), 'is no error code');

export const errorViewSchema = z.lazy(() =>
  z.strictObject({
    code: errorCodeSchema,
    message: z.string(),
    remedy: z.string(),
    retry: z.enum(['safe', 'unsafe', 'never']),
  }),
);
export type ErrorView = z.output<typeof errorViewSchema>;

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorView };
