/** Strict readers of the JSON-RPC value forms. What does not fit is ENDPOINT_GARBAGE, never undefined. */
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { Hex } from '../../shared/values.ts';
import { garbage } from './chain-errors.ts';

const QUANTITY = /^0x[0-9a-f]{1,64}$/i;
const BYTES = /^0x([0-9a-f]{2})*$/i;
const HASH = /^0x[0-9a-f]{64}$/i;
const ADDRESS = /^0x[0-9a-f]{40}$/i;

export type WireRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function record(value: unknown, what: string): WireRecord {
  if (!isRecord(value)) throw garbage(`${what} is no object`);
  return value;
}

export function array(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw garbage(`${what} is no list`);
  return value;
}

export function isBytes(value: unknown): value is Hex {
  return typeof value === 'string' && BYTES.test(value);
}

/** A QUANTITY, up to 256 bits. */
export function quantity(value: unknown, what: string): bigint {
  if (typeof value !== 'string' || !QUANTITY.test(value)) throw garbage(`${what} is no number`);
  return BigInt(value);
}

/** A QUANTITY that fits a JavaScript number: block numbers, times, nonces, indexes. */
export function smallQuantity(value: unknown, what: string): number {
  const wide = quantity(value, what);
  if (wide > BigInt(Number.MAX_SAFE_INTEGER)) throw garbage(`${what} is too large`);
  return Number(wide);
}

/** DATA of any length, in lower case. */
export function bytes(value: unknown, what: string): Hex {
  if (!isBytes(value)) throw garbage(`${what} is no byte string`);
  return value.toLowerCase() as Hex;
}

/** DATA of 32 bytes, in lower case. */
export function hash(value: unknown, what: string): Hex {
  if (typeof value !== 'string' || !HASH.test(value)) throw garbage(`${what} is no hash`);
  return value.toLowerCase() as Hex;
}

export function address(value: unknown, what: string): Address {
  if (typeof value !== 'string' || !ADDRESS.test(value)) throw garbage(`${what} is no address`);
  return toAddress(value);
}

/** A number as a QUANTITY. */
export function toQuantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`;
}
