/** What is typed for the holder's address and signature, checked before it is sent; main checks it again. */
import { readAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';

export type TypedAddress =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly problem: string };

export function typedAddress(text: string, lostWallet: Address | null): TypedAddress {
  const typed = text.trim();
  if (typed === '') return { ok: false, problem: 'Enter the address that the holder gives.' };
  const address = readAddress(typed);
  if (address === 'malformed') {
    return { ok: false, problem: 'This is no address: it must be 0x and 40 characters of 0 to 9 and a to f.' };
  }
  if (address === 'checksum') {
    return { ok: false, problem: 'The checksum is wrong: a character was mistyped. Copy the address again.' };
  }
  return address === lostWallet
    ? { ok: false, problem: 'This is the lost wallet itself. The replacement must be another one.' }
    : { ok: true, address };
}

const SIGNATURE = /^0x(?:[0-9a-f]{2})+$/i;
const LONGEST_SIGNATURE = 20_000;

/** What is wrong with a pasted signature, or null. Contracts' signatures may have any length. */
export function signatureProblem(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return 'Paste the signature that the holder sends back.';
  if (typed.length > LONGEST_SIGNATURE) return 'This is too long for a signature.';
  return SIGNATURE.test(typed) ? null : 'A signature is 0x and pairs of characters of 0 to 9 and a to f.';
}
