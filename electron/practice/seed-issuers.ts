/** Claim topics and claim issuers of the practice network: one trusted, and one that was trusted once. */
import { AbiCoder, keccak256 } from 'ethers';
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { issueClaims, registerTopics, topicId, trustIssuer } from './claims.ts';
import type { PracticeSystem } from './deploy.ts';
import { DEMO_PERSON } from './people.ts';
import type { PersonWallets } from './person-wallets.ts';
import { PRACTICE_ROLES, lostWalletRole, practiceAddress } from './practice-keys.ts';
import { openBatch } from './setup-batch.ts';
import type { PracticeSetup } from './setup-batch.ts';
import { CLAIM_TOPICS } from './tokens.ts';

/** ERC-734: purpose and type of a key. */
const CLAIM_SIGNER = 3;
const ECDSA = 1;

/** Names the topics and trusts both issuers. @returns their identities. */
export async function seedIssuers(
  setup: PracticeSetup,
  system: PracticeSystem,
): Promise<{ readonly issuer: Address; readonly formerIssuer: Address }> {
  await registerTopics(
    setup,
    system,
    CLAIM_TOPICS.map((name) => ({ name, signature: 'bool passed' })),
  );
  const trust = async (role: string, names: readonly string[]) => {
    const order = { wallet: practiceAddress(role), topics: names.map(topicId) };
    return toAddress(await trustIssuer(setup, system, order));
  };
  const issuer = await trust(PRACTICE_ROLES.issuer, CLAIM_TOPICS);
  const formerIssuer = await trust(PRACTICE_ROLES.formerIssuer, ['accreditedInvestor']);
  return { issuer, formerIssuer };
}

/** People whose wallet signs claims for the issuer: keys of its contract, which its own management key adds (ERC-734). */
export async function addClaimSigners(
  issuing: PracticeSetup,
  issuer: Address,
  people: readonly PersonWallets[],
): Promise<void> {
  const batch = await openBatch(issuing);
  for (const { seed, lost } of people) {
    if (seed.signsClaims !== true || lost === null) continue;
    const key = keccak256(AbiCoder.defaultAbiCoder().encode(['address'], [lost.wallet]));
    batch.call('Identity', issuer, 'addKey', [key, CLAIM_SIGNER, ECDSA]);
  }
  await batch.settle();
}

/** The former issuer claims something of the demo's person, and is then trusted no longer. */
export async function endTrust(
  setup: PracticeSetup,
  formerIssuing: PracticeSetup,
  system: PracticeSystem,
  formerIssuer: Address,
  identities: ReadonlyMap<Address, string>,
): Promise<void> {
  const subject = identities.get(practiceAddress(lostWalletRole(DEMO_PERSON))) ?? '';
  const topic = topicId('accreditedInvestor');
  await issueClaims(formerIssuing, [{ issuer: formerIssuer, subject, topic, data: '0x01' }]);
  const batch = await openBatch(setup);
  batch.call('TrustedIssuersRegistry', system.trustedIssuersRegistry, 'removeTrustedIssuer', [formerIssuer]);
  await batch.settle();
}
