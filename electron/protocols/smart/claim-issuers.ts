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

/**
 * Of the contracts those that the registry trusts for any topic. Not every version says so of one alone: then the issuers
 * of each topic that the system names are looked through.
 */
export async function trustedAmong(
  reader: PinnedReader,
  parts: SmartParts,
  contracts: readonly Address[],
): Promise<ReadonlySet<Address>> {
  const { trustedIssuersRegistry: registry, topicSchemeRegistry: schemes } = parts;
  if (registry === undefined) return new Set();
  const answers = await reader.calls(contracts.map((one) => call(registry, 'isTrustedIssuer', [one])));
  const said = answers.map((answer) => boolAnswer('isTrustedIssuer', answer));
  const named = new Set<Address>();
  if (said.includes(null) && schemes !== undefined) {
    const [all] = await reader.calls([call(schemes, 'getAllTopicIds')]);
    const topics = listAnswer('getAllTopicIds', all)?.map(String) ?? [];
    const byTopic = await topicIssuers(reader, parts, topics);
    for (const { issuers } of byTopic) for (const issuer of issuers ?? []) named.add(issuer);
  }
  return new Set(contracts.filter((one, index) => said[index] ?? named.has(one)));
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
