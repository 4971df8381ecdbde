/** What other administrators do to a person's link while a desk recovers that person. */
import { Contract } from 'ethers';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { PracticeActs } from './practice-acts.ts';
import type { PracticeDesk } from './practice-desk.ts';

/** Where the others recover people to. */
export const ELSEWHERE = practiceAddress('second-replacement');

async function identityOf(desk: PracticeDesk, wallet: string): Promise<string> {
  const views = ['function getIdentity(address) view returns (address)'];
  const factory = new Contract(desk.network.seed.contracts.identityFactory, views, desk.provider);
  return String(await factory.getFunction('getIdentity')(wallet));
}

/** Recovers the lost wallet's identity to another wallet. */
export async function linkElsewhere(desk: PracticeDesk, acts: PracticeActs, lost: string): Promise<void> {
  const { identityFactory, identityRegistry } = desk.network.seed.contracts;
  await acts.act('platform-admin', 'IdentityFactory', identityFactory, 'createIdentity', [ELSEWHERE, []]);
  const args = [lost, ELSEWHERE, await identityOf(desk, ELSEWHERE)];
  await acts.act('platform-admin', 'IdentityRegistry', identityRegistry, 'recoverIdentity', args);
}

/** Registers a wallet marked as lost once more, which erases its link (CHAIN A). */
export async function eraseLink(desk: PracticeDesk, acts: PracticeActs, lost: string): Promise<void> {
  const { identityRegistry } = desk.network.seed.contracts;
  const args = [lost, await identityOf(desk, lost), 56];
  await acts.act('platform-admin', 'IdentityRegistry', identityRegistry, 'registerIdentity', args);
}

/** Registers a wallet that has an identity, then recovers it elsewhere: from then on it is marked as lost. */
export async function markLost(desk: PracticeDesk, acts: PracticeActs, wallet: string): Promise<void> {
  const { identityRegistry } = desk.network.seed.contracts;
  const args = [wallet, await identityOf(desk, wallet), 56];
  await acts.act('platform-admin', 'IdentityRegistry', identityRegistry, 'registerIdentity', args);
  await linkElsewhere(desk, acts, wallet);
}
