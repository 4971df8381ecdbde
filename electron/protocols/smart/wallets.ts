/** How wallets and identities stand in a SMART system's registry and factory. */
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { CallResult, PinnedReader } from '../../chain/types.ts';
import type { ChainView, IdentityPrediction, WalletRecord } from '../recovery-protocol.ts';
import {
  IDENTITY_MANAGER_ROLE,
  addressAnswer,
  addressTopic,
  bigintAnswer,
  boolAnswer,
  call,
  eventTopic,
  listAnswer,
} from './abi.ts';
import { keyOf } from './claim-issuers.ts';
import type { SmartParts } from './parts.ts';

/** ERC-734 purpose 1: management. */
const MANAGEMENT = 1;

export function unreadable(what: string, of: Address): DeskError {
  return new DeskError('SYSTEM_NOT_FOUND', {
    message: `${of} does not answer ${what} as a SMART contract does. Nothing was done.`,
    remedy: 'Check that the system address is right and that this version of the system is supported.',
    retry: 'never',
  });
}

function needBool(name: string, of: Address, result: CallResult | undefined): boolean {
  const value = boolAnswer(name, result);
  if (value === null) throw unreadable(name, of);
  return value;
}

export async function isIdentityManager(
  reader: PinnedReader,
  parts: SmartParts,
  account: Address,
): Promise<boolean> {
  const [answer] = await reader.calls([
    call(parts.accessManager, 'hasRole', [IDENTITY_MANAGER_ROLE, account]),
  ]);
  return needBool('hasRole', parts.accessManager, answer);
}

const READS = ['contains', 'identity', 'investorCountry', 'isWalletLost', 'getRecoveredWallet'] as const;
const PER_WALLET = READS.length + 1;

/** One record a wallet, in order. */
export async function walletRecords(
  reader: PinnedReader,
  parts: SmartParts,
  wallets: readonly Address[],
): Promise<readonly WalletRecord[]> {
  const registry = parts.identityRegistry;
  const answers = await reader.calls(
    wallets.flatMap((wallet) => [
      ...READS.map((name) => call(registry, name, [wallet])),
      call(parts.identityFactory, 'getIdentity', [wallet]),
    ]),
  );
  return wallets.map((wallet, index) => {
    const [contains, identity, country, lost, linked, factory] = answers.slice(
      index * PER_WALLET,
      (index + 1) * PER_WALLET,
    );
    const registered = needBool('contains', registry, contains);
    const code = registered ? bigintAnswer('investorCountry', country) : null;
    return {
      wallet,
      registered,
      identity: registered ? addressAnswer('identity', identity) : null,
      country: code === null ? null : Number(code),
      markedLost: needBool('isWalletLost', registry, lost),
      linkedTo: addressAnswer('getRecoveredWallet', linked),
      factoryIdentity: addressAnswer('getIdentity', factory),
    };
  });
}

/** Where the wallet's own identity is or will be, and whether the wallet alone manages it. */
export async function predictIdentity(
  reader: PinnedReader,
  parts: SmartParts,
  wallet: Address,
): Promise<IdentityPrediction> {
  const factory = parts.identityFactory;
  const [existing, predicted] = await reader.calls([
    call(factory, 'getIdentity', [wallet]),
    call(factory, 'calculateWalletIdentityAddress', [wallet, wallet]),
  ]);
  const standing = addressAnswer('getIdentity', existing);
  if (standing === null) {
    const address = addressAnswer('calculateWalletIdentityAddress', predicted);
    if (address === null) throw unreadable('calculateWalletIdentityAddress', factory);
    return { address, exists: false, soleManager: true };
  }
  const [keys] = await reader.calls([call(standing, 'getKeysByPurpose', [MANAGEMENT])]);
  const list = listAnswer('getKeysByPurpose', keys);
  return { address: standing, exists: true, soleManager: list?.length === 1 && list[0] === keyOf(wallet) };
}

/** The block of the newest link of the two wallets: the storage logs an event of the same name, so the registry alone counts. */
export async function linkedAt(
  view: ChainView,
  parts: SmartParts,
  lost: Address,
  replacement: Address,
): Promise<number | null> {
  const links = await view.scan(`linked:${lost}`, {
    address: parts.identityRegistry,
    topics: [eventTopic('WalletRecoveryLinked'), null, addressTopic(lost), addressTopic(replacement)],
  });
  return links.at(-1)?.blockNumber ?? null;
}
