/** Whether what a signer answered is the very transaction it was asked for, signed by the very key. */
import { Transaction } from 'ethers';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import { claimSigner } from '../protocols/claim-signature.ts';

export interface SignedTransaction {
  /** The signed transaction as it is broadcast. */
  readonly raw: Hex;
  readonly hash: Hex;
}

const HEX = /^0x([0-9a-f]{2})+$/;

/** @throws DeskError SIGNER_ANSWER_WRONG */
export function checkedAnswer(answer: string, unsigned: Hex, address: Address): SignedTransaction {
  const raw = answer.toLowerCase();
  const signed = HEX.test(raw) ? read(() => Transaction.from(raw)) : null;
  if (signed === null) throw answerWrong('something that is no signed transaction');
  const { signature } = signed;
  if (signature === null) throw answerWrong('a transaction without a signature');
  if (signed.unsignedSerialized !== unsigned) throw answerWrong('another transaction than the one to sign');
  // Of the two forms of a signature chains take the one with the low s; of the other nothing more can be read. @see EIP-2
  if (!signature.isValid()) throw answerWrong('a signature in a form that chains refuse');
  const sender = read(() => signed.from);
  if (sender !== address) {
    throw answerWrong(`a signature of ${sender ?? 'nobody'}, and the operator is ${address}`);
  }
  if (signed.serialized !== raw) throw answerWrong('a transaction that is not in its canonical form');
  return { raw: raw as Hex, hash: signed.hash as Hex };
}

/** Whether it is the signature of this very claim, by the very key. @throws DeskError SIGNER_ANSWER_WRONG */
export function checkedClaim(answer: string, hash: Hex, address: Address): Hex {
  const signature = answer.toLowerCase();
  const by = claimSigner(hash, signature);
  if (by === null) throw answerWrong('something that is no signature of the claim');
  if (by !== address) throw answerWrong(`a signature of ${by}, and the operator is ${address}`);
  return signature as Hex;
}

/** @param what in words, never the answer itself. */
export function answerWrong(what: string): DeskError {
  return new DeskError('SIGNER_ANSWER_WRONG', {
    message: `The signer answered ${what}. What it answered was thrown away, and nothing was sent.`,
    remedy: 'Have the signer looked at, and what is set up of it for this operator, before it is used again.',
    retry: 'unsafe',
  });
}

/** Of a kind of signer that has no way to sign a message. */
export function signsNoClaims(address: Address): DeskError {
  return new DeskError('CLAIM_NOT_ISSUABLE', {
    message: `The signer of ${address} signs transactions alone, and a claim is signed as a message. Nothing was signed or sent.`,
    remedy: 'Save the request for this issuer and have the claim issued with the issuer’s own means.',
    retry: 'never',
  });
}

function read<T>(reading: () => T): T | null {
  try {
    return reading();
  } catch {
    return null;
  }
}
