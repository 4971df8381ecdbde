/**
 * The signature of a claim: an issuer's key signs, as a personal message (EIP-191), the hash of identity, topic and data.
 * @see ERC-735, and ONCHAINID `isClaimValid`
 */
import { AbiCoder, getBytes, hashMessage, keccak256, recoverAddress, Signature } from 'ethers';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { PlannedClaim } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';

const BYTES = 65;
export const UNSIGNED: Hex = `0x${'00'.repeat(BYTES)}`;

type SignedClaim = Pick<PlannedClaim, 'identity' | 'topic' | 'data'>;

/** keccak256(abi.encode(identity, topic, data)). */
export function claimHash({ identity, topic, data }: SignedClaim): Hex {
  return keccak256(
    AbiCoder.defaultAbiCoder().encode(['address', 'uint256', 'bytes'], [identity, topic, data]),
  ) as Hex;
}

/** The 32 bytes that a key signs for a claim hash. */
export function claimMessage(hash: Hex): Hex {
  return hashMessage(getBytes(hash)) as Hex;
}

/** Who signed the claim; null where it is no signature in the form that chains take. */
export function claimSigner(hash: Hex, signature: string): Address | null {
  try {
    const read = Signature.from(signature);
    if (!read.isValid() || read.serialized !== signature.toLowerCase()) return null;
    return toAddress(recoverAddress(claimMessage(hash), read));
  } catch {
    return null;
  }
}

type Place = Pick<PlannedClaim, 'signatureAt'>;

/** From the 0x on. */
function bounds({ signatureAt }: Place): readonly [number, number] {
  return [2 + 2 * signatureAt, 2 + 2 * (signatureAt + BYTES)];
}

/** Calldata with this in the place of the signature. */
export function withSignature(data: Hex, place: Place, signature: Hex): Hex {
  const [start, end] = bounds(place);
  return `${data.slice(0, start)}${signature.slice(2)}${data.slice(end)}` as Hex;
}

/** What stands in the place of the signature. */
export function signatureIn(data: string, place: Place): Hex {
  return `0x${data.slice(...bounds(place))}`;
}
