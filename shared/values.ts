/**
 * JSON forms of the values that cross a border: amounts, hashes, byte strings, times. Here and everywhere, a schema of more
 * than one value is `z.lazy`, but where others take its fields: it is built when first used, for a start uses few of them
 * and would wait for all.
 */
import { z } from 'zod';

export type Hex = `0x${string}`;

/** Bytes as 0x-prefixed lower-case hex of even length. */
export const hexSchema = z
  .string()
  .regex(/^0x([0-9a-f]{2})*$/, 'is not 0x and lower-case hex')
  .transform((text) => text as Hex);

/** A 32-byte hash or key. */
export const hash32Schema = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/, 'is not a 32-byte hash')
  .transform((text) => text as Hex);

/** An unsigned amount in the smallest unit (ERC-20 base units, wei), as a decimal string. */
export const amountSchema = z.string().regex(/^(0|[1-9][0-9]{0,77})$/, 'is not a whole number');

/** An ISO 8601 time with zone. */
export const timeSchema = z.iso.datetime({ offset: true });

/** Now, as an ISO 8601 time in UTC. */
export function isoTime(date: Date): string {
  return date.toISOString();
}
