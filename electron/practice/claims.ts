// Claim topics, trusted issuers and claims of the practice network.
// For the practice network and tests alone: it must never be given the signer of a real network.
import { AbiCoder, getBytes, id, keccak256 } from 'ethers';
import { contractInterface } from './contract-artifacts.ts';
import { createIdentities, type PracticeSystem } from './deploy.ts';
import { openBatch, type PracticeSetup } from './setup-batch.ts';

export interface ClaimOrder {
  /** The issuer's identity; the setup's signer is its management key. */
  readonly issuer: string;
  /** The identity that the claim is about. */
  readonly subject: string;
  readonly topic: bigint;
  readonly data: string;
}

/** A claim topic's id in the topic scheme registry: keccak256 of its name. */
export function topicId(name: string): bigint {
  return BigInt(id(name));
}

/** Names claim topics in the topic scheme registry. */
export async function registerTopics(
  setup: PracticeSetup,
  system: PracticeSystem,
  topics: readonly { readonly name: string; readonly signature: string }[],
): Promise<void> {
  const batch = await openBatch(setup);
  for (const { name, signature } of topics) {
    batch.call('TopicSchemeRegistry', system.topicSchemeRegistry, 'registerTopicScheme', [name, signature]);
  }
  await batch.settle();
}

/** Creates an issuer's identity for its wallet and trusts it on the topics. Answers the identity. */
export async function trustIssuer(
  setup: PracticeSetup,
  system: PracticeSystem,
  issuer: { readonly wallet: string; readonly topics: readonly bigint[] },
): Promise<string> {
  const [identity] = await createIdentities(setup, system, [issuer.wallet]);
  if (identity === undefined) throw new Error('The issuer identity was not created.');
  const batch = await openBatch(setup);
  const args = [identity, issuer.topics];
  batch.call('TrustedIssuersRegistry', system.trustedIssuersRegistry, 'addTrustedIssuer', args);
  await batch.settle();
  return identity;
}

/** Signs claims and adds them to their subjects' identities (ERC-735); the holders sign nothing. */
export async function issueClaims(setup: PracticeSetup, claims: readonly ClaimOrder[]): Promise<void> {
  const identityInterface = contractInterface(setup.artifacts, 'Identity');
  const batch = await openBatch(setup);
  for (const { issuer, subject, topic, data } of claims) {
    const body = AbiCoder.defaultAbiCoder().encode(['address', 'uint256', 'bytes'], [subject, topic, data]);
    const signature = await setup.signer.signMessage(getBytes(keccak256(body)));
    const addClaim = identityInterface.encodeFunctionData('addClaim', [
      topic,
      1,
      issuer,
      signature,
      data,
      '',
    ]);
    batch.call('Identity', issuer, 'execute', [subject, 0, addClaim]);
  }
  await batch.settle();
}
