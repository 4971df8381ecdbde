/** Which wallets belong together in a SMART registry: by their identity, and by the links of recoveries (CHAIN A). */
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { Hex } from '../../../shared/values.ts';
import type { PinnedReader } from '../../chain/types.ts';
import type { ChainView } from '../recovery-protocol.ts';
import { addressAnswer, addressTopic, call, eventTopic } from './abi.ts';
import type { SmartParts } from './parts.ts';
import { ACCOUNT_SALT } from './steps.ts';
import { walletRecords } from './wallets.ts';

function addressOf(topic: Hex | undefined): readonly Address[] {
  return topic === undefined ? [] : [toAddress(`0x${topic.slice(-40)}`)];
}

/** Wallets that a log says were once stored with the identity, whatever became of them since. */
async function everStored(view: ChainView, identity: Address): Promise<readonly Address[]> {
  const stored = await view.scan(`stored:${identity}`, {
    topics: [eventTopic('IdentityStored'), null, addressTopic(identity)],
  });
  return stored.flatMap(({ topics }) => addressOf(topics[1]));
}

/**
 * Wallets that the registry holds for the identity now. The log of a wallet that was moved there does not name it: it names
 * the identity that it came from, and those who were stored with that are looked at too.
 */
export async function registeredWith(
  view: ChainView,
  parts: SmartParts,
  identity: Address,
  known: readonly Address[],
): Promise<readonly Address[]> {
  const moved = await view.scan(`moved-to:${identity}`, {
    address: parts.identityRegistry,
    topics: [eventTopic('IdentityUpdated'), null, null, addressTopic(identity)],
  });
  const from = new Set([identity, ...moved.flatMap(({ topics }) => addressOf(topics[2]))]);
  const stored = await Promise.all([...from].map((one) => everStored(view, one)));
  const asked = [...new Set([...known, ...stored.flat()])];
  const records = await walletRecords(view.reader, parts, asked);
  return records.flatMap((record) => (record.identity === identity ? [record.wallet] : []));
}

/** Wallets marked as lost whose standing link names this one. */
export async function recoveredTo(
  view: ChainView,
  parts: SmartParts,
  wallet: Address,
): Promise<readonly Address[]> {
  const links = await view.scan(`linked-to:${wallet}`, {
    address: parts.identityRegistry,
    topics: [eventTopic('WalletRecoveryLinked'), null, null, addressTopic(wallet)],
  });
  const asked = [...new Set(links.flatMap(({ topics }) => addressOf(topics[2])))];
  const records = await walletRecords(view.reader, parts, asked);
  return records.flatMap((record) =>
    record.markedLost && record.linkedTo === wallet ? [record.wallet] : [],
  );
}

/** The smart account that the wallet factory makes, or has made, for an owner. */
export async function accountOf(
  reader: PinnedReader,
  parts: SmartParts,
  owner: Address,
): Promise<Address | null> {
  const { walletFactory } = parts;
  if (walletFactory === undefined) return null;
  const [answer] = await reader.calls([call(walletFactory, 'getAddress', [owner, ACCOUNT_SALT])]);
  return addressAnswer('getAddress', answer);
}
