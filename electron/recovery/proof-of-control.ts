/** Checks that the holder of a given replacement wallet controls it: by key, or by the wallet contract's own word. */
import { AbiCoder, recoverAddress, Signature } from 'ethers';
import type { PinnedReader } from '../chain/types.ts';
import { shortAddress, toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import { challengeDigest } from './control-challenge.ts';
import type { ControlChallenge } from './control-challenge.ts';

export { challengeTypedData } from './control-challenge.ts';
export type { ControlChallenge } from './control-challenge.ts';

/** `isValidSignature(bytes32,bytes)` and, being its own selector, the answer for yes. @see ERC-1271 */
const MAGIC = '0x1626ba7e';
const YES = MAGIC.padEnd(66, '0');
const NO_CODE = '0x';
/** Code of an account that lends itself a contract and keeps its key. @see EIP-7702 */
const DELEGATION = /^0xef0100[0-9a-f]{40}$/;
/** Far above what contract wallets with many owners need. */
const MAX_SIGNATURE_BYTES = 65_536;
const RECOVERY_BYTES: ReadonlySet<number> = new Set([0, 1, 27, 28]);

export interface ProofToVerify {
  /** The challenge as the desk stored it, never as it came back. */
  readonly challenge: ControlChallenge;
  /** The signature as it was handed in: 0x-hex, 65 bytes, 64 bytes (EIP-2098), or whatever a contract wallet takes. */
  readonly signature: string;
  /** This desk's clock: a block's time is set by who makes it. */
  readonly now: Date;
  readonly reader: PinnedReader;
}

/**
 * Verifies a proof of control over the challenge.
 * An account with a key (also one that delegates, EIP-7702) must have signed itself (EIP-712, low-s); a contract is
 * asked (ERC-1271). A delegating account whose key did not sign is asked as a contract.
 * @throws DeskError PROOF_EXPIRED; PROOF_INVALID, naming the address that signed instead where one can be told; what
 * the reader throws when the network does not answer.
 */
export async function verifyProof({ challenge, signature, now, reader }: ProofToVerify): Promise<void> {
  if (!(now.getTime() < challenge.expires * 1000)) throw expired();
  const bytes = readSignature(signature);
  const digest = challengeDigest(challenge);
  const code = (await reader.code(challenge.replacement)).toLowerCase();
  const delegates = DELEGATION.test(code);
  const signer = code === NO_CODE || delegates ? signerOf(digest, bytes) : null;
  const proven =
    signer === challenge.replacement ||
    (code !== NO_CODE && (await contractAccepts(challenge.replacement, digest, bytes, reader)));
  await reader.assertStillCanonical();
  if (proven) return;
  if (code !== NO_CODE && !delegates) throw invalid('the wallet contract does not accept it');
  throw invalid(describe(signer, bytes, challenge.replacement));
}

function readSignature(text: string): Hex {
  const hex = text.trim().toLowerCase();
  if (!/^0x([0-9a-f]{2})+$/.test(hex)) throw invalid('it is not a signature in 0x-hex');
  if (hex.length > 2 + 2 * MAX_SIGNATURE_BYTES) throw invalid('it is longer than any signature');
  return hex as Hex;
}

/** The address whose key signed; null for what is no canonical ECDSA signature. @see EIP-2, EIP-2098 */
function signerOf(digest: Hex, bytes: Hex): Address | null {
  if (!hasKeySignatureForm(bytes)) return null;
  try {
    const signature = Signature.from(bytes);
    return signature.isValid() ? toAddress(recoverAddress(digest, signature)) : null;
  } catch {
    return null;
  }
}

function hasKeySignatureForm(bytes: Hex): boolean {
  const length = bytes.length / 2 - 1;
  return length === 64 || (length === 65 && RECOVERY_BYTES.has(Number.parseInt(bytes.slice(-2), 16)));
}

/** @see ERC-1271 */
async function contractAccepts(
  wallet: Address,
  digest: Hex,
  bytes: Hex,
  reader: PinnedReader,
): Promise<boolean> {
  const parameters = AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes'], [digest, bytes]);
  const [answer] = await reader.calls([{ to: wallet, data: `${MAGIC}${parameters.slice(2)}` as Hex }]);
  return answer?.ok === true && answer.data.toLowerCase() === YES;
}

function describe(signer: Address | null, bytes: Hex, replacement: Address): string {
  if (signer !== null) {
    return `it was made by ${signer}, or over another text, and not by ${replacement}`;
  }
  if (!hasKeySignatureForm(bytes)) {
    return `${shortAddress(replacement)} has no contract on this network, and this is no signature by a key`;
  }
  return 'no address can be told from it';
}

function invalid(what: string): DeskError {
  return new DeskError('PROOF_INVALID', {
    message: `The proof of control does not hold: ${what}. The address was not accepted as a replacement.`,
    remedy:
      'Have the holder sign the challenge again, unchanged, with the replacement wallet on the right network.',
    retry: 'never',
  });
}

function expired(): DeskError {
  return new DeskError('PROOF_EXPIRED', {
    message: 'The time to prove control of the replacement wallet is over. The address was not accepted.',
    remedy: 'Make a new challenge and have the holder sign that one.',
    retry: 'never',
  });
}
