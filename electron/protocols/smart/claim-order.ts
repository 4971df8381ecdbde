/** Issuing a claim on SMART: the issuer's contract, told by one of its keys, adds the claim to the identity. */
import { AbiCoder, dataLength, keccak256 } from 'ethers';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { PlannedClaim, PlanStep } from '../../../shared/plan.ts';
import type { Hex } from '../../../shared/values.ts';
import type { ClaimOrder } from '../claiming.ts';
import { UNSIGNED } from '../claim-signature.ts';
import { call, smartAbi } from './abi.ts';

/** ERC-735: the signature is one of ECDSA. */
const SCHEME_ECDSA = 1;

type Claim = Pick<PlannedClaim, 'identity' | 'topic' | 'issuer' | 'data'>;

function callOf({ identity, topic, issuer, data }: Claim, signature: Hex): PlanStep['call'] {
  const add = call(identity, 'addClaim', [topic, SCHEME_ECDSA, issuer, signature, data, '']);
  return call(issuer, 'execute', [identity, 0, add.data]);
}

/** Where the signature stands in the calldata, found by what changes with it. */
function signaturePlace(claim: Claim): number {
  const [zeros, ones] = [
    callOf(claim, UNSIGNED).data,
    callOf(claim, `0x${'ff'.repeat(dataLength(UNSIGNED))}`).data,
  ];
  let at = 0;
  while (zeros.slice(2 + 2 * at, 4 + 2 * at) === ones.slice(2 + 2 * at, 4 + 2 * at)) at += 1;
  return at;
}

/**
 * The step and what it issues. A topic is no address, so the step's name has its last 20 bytes: those of small numbers
 * differ, and so do those of hashes.
 */
export function claimOrder({ topicName, wallet, signer, ...claim }: ClaimOrder): {
  readonly step: PlanStep;
  readonly claim: PlannedClaim;
} {
  const topic = BigInt(claim.topic).toString(16).padStart(40, '0').slice(-40);
  const name = `issue_claim:${claim.identity}:${claim.issuer}:0x${topic}`;
  return {
    step: {
      name,
      phase: 'issue_claims',
      role: 'claim',
      token: null,
      wallet,
      right: 'claimIssuer',
      signer,
      call: callOf(claim, UNSIGNED),
    },
    claim: { step: name, ...claim, topicName, signatureAt: signaturePlace(claim) },
  };
}

/** ERC-735: the id of an issuer's claim on a topic. */
export function claimId(issuer: Address, topic: string): Hex {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'uint256'], [issuer, topic])) as Hex;
}

function parsed({ to, data }: PlanStep['call']): Claim | null {
  const execute = smartAbi.parseTransaction({ data });
  if (execute?.name !== 'execute') return null;
  const add = smartAbi.parseTransaction({ data: String(execute.args[2]) });
  if (add?.name !== 'addClaim') return null;
  return {
    identity: toAddress(String(execute.args[0])),
    topic: String(add.args[0]),
    issuer: to,
    data: String(add.args[4]).toLowerCase() as Hex,
  };
}

/** What a step of `claimOrder` issues; null for another call. */
export function orderedClaim({ call: step }: Pick<PlanStep, 'call'>): Claim | null {
  try {
    return parsed(step);
  } catch {
    // Calldata that begins as one of the functions and does not go on as one.
    return null;
  }
}
