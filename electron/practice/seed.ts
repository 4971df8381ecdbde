/** Seeds an empty practice chain: the system, its tokens, its people, each put there to show one thing. */
import type { JsonRpcApiProvider } from 'ethers';
import { findArtifacts } from './artifacts-file.ts';
import { readArtifacts } from './contract-artifacts.ts';
import type { PracticeArtifacts } from './contract-artifacts.ts';
import { deploySystem } from './deploy.ts';
import { askIdentity, nodeClient } from './node-client.ts';
import { PEOPLE, bulkPerson } from './people.ts';
import { practiceUnavailable } from './practice-failure.ts';
import { PRACTICE_ROLES } from './practice-keys.ts';
import type { PracticeSeed } from './practice-seed.ts';
import { seedAccounts } from './seed-accounts.ts';
import { addClaimSigners, endTrust, seedIssuers } from './seed-issuers.ts';
import { withQuickMining } from './seed-mining.ts';
import { walletsOf } from './person-wallets.ts';
import { introducePeople, playTheirPast } from './seed-people.ts';
import { describeSeed } from './seed-report.ts';
import { SeedSigner } from './seed-signer.ts';
import { fundWallets, grantOperators, seedSurroundings } from './seed-surroundings.ts';
import { allotAll, seedTokens } from './seed-tokens.ts';
import { TOKENS, TOKEN_KINDS, bulkTokens } from './tokens.ts';

export interface SeedOptions {
  /** So many more tokens, all plain, on one more person's wallet. */
  readonly tokens?: number;
  /** The node's block time, given back to it afterwards; null mines each transaction at once. */
  readonly blockTime?: number | null;
}

/** Fills the node's chain, which must hold its first block and nothing else. @throws DeskError PRACTICE_UNAVAILABLE when it does not take it. */
export async function seedPracticeNetwork(input: {
  readonly url: string;
  readonly options?: SeedOptions;
}): Promise<PracticeSeed> {
  const { url, options = {} } = input;
  const artifacts = await readArtifacts(findArtifacts());
  const identity = await askIdentity(url, 5_000);
  if (identity === null) throw notSeeded(new Error('the node does not answer'));
  const { chainId, firstBlockHash } = identity;
  if (firstBlockHash === null) throw notSeeded(new Error('the node has no first block'));
  const client = nodeClient(url, chainId);
  try {
    const seed = () => seedAll(client, url, artifacts, { chainId, firstBlockHash }, options.tokens ?? 0);
    return await withQuickMining(client, options.blockTime ?? null, seed);
  } catch (error) {
    throw notSeeded(error);
  } finally {
    client.destroy();
  }
}

async function seedAll(
  client: JsonRpcApiProvider,
  url: string,
  artifacts: PracticeArtifacts,
  { chainId, firstBlockHash }: Pick<PracticeSeed, 'chainId' | 'firstBlockHash'>,
  moreTokens: number,
): Promise<PracticeSeed> {
  const extra = bulkTokens(moreTokens);
  const bulk = extra.length === 0 ? [] : [bulkPerson(extra.map(({ symbol }) => symbol))];
  const seeds = [...PEOPLE, ...bulk];
  const [platform, issuing, formerIssuing] = await Promise.all([
    SeedSigner.open(PRACTICE_ROLES.platformAdmin, url, chainId),
    SeedSigner.open(PRACTICE_ROLES.issuer, url, chainId),
    SeedSigner.open(PRACTICE_ROLES.formerIssuer, url, chainId),
  ]);
  const setup = { signer: platform, artifacts };

  const fromBlock = (await client.getBlockNumber()) + 1;
  const system = await deploySystem(setup, TOKEN_KINDS);
  const { walletFactory, accounts } = await seedAccounts(setup, seeds);
  const people = seeds.map((seed) => walletsOf(seed, accounts));
  await grantOperators(setup, system);
  const issuers = await seedIssuers(setup, system);
  const tokens = await seedTokens(setup, system, [...TOKENS, ...extra], people);
  const by = { setup: { signer: issuing, artifacts }, identity: issuers.issuer };
  const identities = await introducePeople(setup, system, people, by);
  await addClaimSigners(by.setup, issuers.issuer, people);
  await allotAll(setup, tokens, people);
  await playTheirPast(setup, system, people, identities, tokens);
  await endTrust(setup, { signer: formerIssuing, artifacts }, system, issuers.formerIssuer, identities);
  const surroundings = await seedSurroundings(setup, tokens);
  await Promise.all([platform, issuing, formerIssuing].map((signer) => signer.close()));
  await fundWallets(client, people);
  const addresses = { ...issuers, ...surroundings, walletFactory };
  return describeSeed({
    chainId,
    firstBlockHash,
    fromBlock,
    system,
    tokens,
    people,
    identities,
    ...addresses,
  });
}

function notSeeded(cause: unknown): Error {
  return practiceUnavailable(
    'The practice network could not be set up on its node.',
    'Start the practice network again: it is then set up anew. No real network is concerned.',
    cause,
  );
}
