/** Who is trusted for claim topics, and which keys may issue for them. */
import { AbiCoder, keccak256 } from 'ethers';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { PinnedReader } from '../../chain/types.ts';
import type { IssuerKey, TopicIssuers } from '../claiming.ts';
import { boolAnswer, call, listAnswer } from './abi.ts';
import type { SmartParts } from './parts.ts';

/** ERC-734 purposes; a management key serves both. */
const ACTION = 2;
const CLAIM_SIGNER = 3;

/** The ERC-734 key of a wallet: keccak256(abi.encode(wallet)). */
export function keyOf(wallet: Address): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['address'], [wallet]));
}

export async function topicIssuers(
  reader: PinnedReader,
  parts: SmartParts,
  topics: readonly string[],
): Promise<readonly TopicIssuers[]> {
  const registry = parts.trustedIssuersRegistry;
  if (registry === undefined) return topics.map((topic) => ({ topic, issuers: null }));
  const answers = await reader.calls(
    topics.map((topic) => call(registry, 'getTrustedIssuersForClaimTopic', [topic])),
  );
  return topics.map((topic, index) => ({
    topic,
    issuers:
      listAnswer('getTrustedIssuersForClaimTopic', answers[index])?.map((one) => toAddress(String(one))) ??
      null,
  }));
}

export async function issuerKeys(
  reader: PinnedReader,
  account: Address,
  issuers: readonly Address[],
): Promise<readonly IssuerKey[]> {
  const answers = await reader.calls(
    issuers.flatMap((issuer) =>
      [CLAIM_SIGNER, ACTION].map((purpose) => call(issuer, 'keyHasPurpose', [keyOf(account), purpose])),
    ),
  );
  return issuers.map((issuer, index) => ({
    issuer,
    signs: boolAnswer('keyHasPurpose', answers[2 * index]),
    acts: boolAnswer('keyHasPurpose', answers[2 * index + 1]),
  }));
}
