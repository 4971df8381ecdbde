/**
 * Addresses as branded, EIP-55 checksummed strings. A text becomes an `Address` only here, at the border.
 */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export type Address = `0x${string}` & { readonly __brand: 'Address' };

const FORM = /^0x[0-9a-fA-F]{40}$/;

/** Hashing is slow and the same few addresses come by again and again: the newest are kept, by both forms they are right in. */
const KEPT = 8192;
const known = new Map<string, Address>();

/** The EIP-55 mixed-case form of a 20-byte hex address. */
function checksummed(text: string): Address {
  const lower = text.toLowerCase();
  const before = known.get(lower);
  if (before !== undefined) return before;
  const address = hashedCase(lower.slice(2));
  if (known.size >= KEPT) known.clear();
  known.set(lower, address);
  known.set(address, address);
  return address;
}

function hashedCase(lower: string): Address {
  const hash = bytesToHex(keccak_256(utf8ToBytes(lower)));
  const mixed = Array.from(lower, (character, index) =>
    Number.parseInt(hash.charAt(index), 16) >= 8 ? character.toUpperCase() : character,
  ).join('');
  return `0x${mixed}` as Address;
}

/**
 * Reads an address: all lower or all upper case is taken as it is, mixed case must carry a right EIP-55 checksum.
 * @returns the checksummed address, or the reason it is none.
 */
export function readAddress(text: string): Address | 'malformed' | 'checksum' {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (!FORM.test(text)) return 'malformed';
  const address = checksummed(text);
  const digits = text.slice(2);
  const caseless = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  return caseless || text === address ? address : 'checksum';
}

/** The address of a text known to be one (chain data, own records). @throws TypeError when it is not. */
export function toAddress(text: string): Address {
  const address = readAddress(text.toLowerCase());
  if (address === 'malformed' || address === 'checksum') throw new TypeError(`not an address: ${text}`);
  return address;
}

export const ZERO_ADDRESS = toAddress('0x0000000000000000000000000000000000000000');

/** `0x1234…abcd`, for places where the full form is at hand. */
export function shortAddress(address: Address): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
