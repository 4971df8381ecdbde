/** RFC 8785 canonical JSON and the keccak256 digest over it: what previews, plans and approvals are named by. */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { Hex } from './values.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The RFC 8785 text of a JSON value. @throws Error for what it cannot say: undefined at the top, NaN, half a surrogate pair. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** keccak256 of the RFC 8785 bytes, as 0x-hex. */
export function digestOf(value: unknown): Hex {
  return `0x${bytesToHex(keccak_256(utf8ToBytes(canonicalText(value))))}`;
}
