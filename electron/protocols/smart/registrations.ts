/** Which wallets belong together in a SMART registry: by their identity, and by the links of recoveries (CHAIN A). */
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { Hex } from '../../../shared/values.ts';
import type { PinnedReader } from '../../chain/types.ts';
import type { ChainView } from '../recovery-protocol.ts';
import { addressAnswer, addressTopic, call, eventTopic, smartAbi } from './abi.ts';
import type { SmartParts } from './parts.ts';
import { ACCOUNT_SALT } from './steps.ts';
import { walletRecords } from './wallets.ts';

function addressOf(topic: Hex | undefined): readonly Address[] {
  return topic === undefined ? [] : [toAddress(`0x${topic.slice(-40)}`)];
}

/** Both forms of the event: without the country in storages of earlier versions. */
const STORED = ['address,address,uint16', 'address,address'].map((types) =>
  eventTopic(`IdentityStored(${types})`),
);

/** Wallets that a log of a storage names with the identity, whatever became of them since. */
async function everStored(view: ChainView, identity: Address): Promise<readonly Address[]> {
  const [stored, modified] = await Promise.all([
    view.scan(`stored:${identity}`, { topics: [STORED, null, addressTopic(identity)] }),
    view.scan(`modified-to:${identity}`, {
      topics: [eventTopic('IdentityModified'), null, null, addressTopic(identity)],
    }),
  ]);
  return [...stored, ...modified].flatMap(({ topics }) => addressOf(topics[1]));
}

/** The identities that wallets were moved away from when they came to this one. */
async function movedFrom(view: ChainView, parts: SmartParts, identity: Address): Promise<readonly Address[]> {
  const moved = await view.scan(`moved-to:${identity}`, {
    address: parts.identityRegistry,
    topics: [eventTopic('IdentityUpdated'), null, null, addressTopic(identity)],
  });
  return moved.flatMap(({ topics }) => addressOf(topics[2]));
}

/**
 * Wallets that the registry holds for the identity now. The registry's log of a wallet that was moved there does not name
 * it, nor does a storage of an earlier version: it names the identity that it came from, and all who were ever stored with
 * that, or came there in turn, are looked at too.
 */
export async function registeredWith(
  view: ChainView,
  parts: SmartParts,
  identity: Address,
  known: readonly Address[],
): Promise<readonly Address[]> {
  const asked = new Set(known);
  const identities = new Set([identity]);
  // A set goes on to what is added to it on the way.
  for (const one of identities) {
    for (const wallet of await everStored(view, one)) asked.add(wallet);
    for (const before of await movedFrom(view, parts, one)) identities.add(before);
  }
  const records = await walletRecords(view.reader, parts, [...asked]);
  return records.flatMap((record) => (record.identity === identity ? [record.wallet] : []));
}

/** Wallets that a log names with the identity: anybody can write one, so the registry has to be asked about each. */
export async function onceRegisteredWith(view: ChainView, identity: Address): Promise<readonly Address[]> {
  return [...new Set(await everStored(view, identity))];
}

/** The registry alone is heard: it tells of a recovery by which identity the wallet had until then, whoever made that. */
export async function lostFrom(view: ChainView, parts: SmartParts, lost: Address): Promise<Address | null> {
  const recovered = await view.scan(`recovered-identity:${lost}`, {
    address: parts.identityRegistry,
    topics: [eventTopic('IdentityRecovered'), null, addressTopic(lost)],
  });
  const last = recovered.at(-1);
  if (last === undefined) return null;
  const log = smartAbi.parseLog({ topics: [...last.topics], data: last.data });
  return log === null ? null : toAddress(String(log.args['oldIdentity']));
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
