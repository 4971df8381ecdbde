/** Makes the replacement the wallet of a record that has a place for one effective wallet, and sees that it is nobody else's. */
import type { Address } from '../../shared/address.ts';
import type { Capability, DirectoryEffect } from '../../shared/directory.ts';
import type { DirectoryCall, WalletLink } from './directory.ts';
import { directoryGarbage, directoryWalletTaken, directoryWrongPerson } from './directory-errors.ts';

export interface RecordedWallets {
  readonly effective: Address | null;
  readonly lost: readonly Address[];
}

/** The wallets in the records of one directory. */
export interface WalletRecords {
  readonly host: string;
  /** Whether a record has a place for lost wallets. */
  readonly keepsLost: boolean;
  read(id: string, call: DirectoryCall | undefined): Promise<RecordedWallets>;
  /** The id of who has a wallet, as effective or as lost. */
  ownerOf(address: Address, call: DirectoryCall | undefined): Promise<string | null>;
  write(id: string, wallets: RecordedWallets, call: DirectoryCall | undefined): Promise<void>;
}

/** Of a record without a place for lost wallets. */
export const FOR_ONE_WALLET: Capability = {
  can: 'partly',
  survives: 'The record has a place for one wallet alone: that the old one is lost is not kept there.',
  until: null,
};

/** @throws DeskError DIRECTORY_WALLET_TAKEN; DIRECTORY_GARBAGE where the record is not so afterwards. */
export async function linkWallet(
  records: WalletRecords,
  id: string,
  link: WalletLink,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  const { lost, replacement } = link;
  const before = await records.read(id, call);
  await refuseTaken(records, id, replacement, call);
  await refuseTaken(records, id, lost, call);
  const { effective } = before;
  if (link.effective && effective !== null && effective !== lost && effective !== replacement)
    return leftAlone(effective);

  const wanted = linkedRecord(before, link);
  const isMarked = (wallets: RecordedWallets): boolean =>
    wallets.lost.includes(lost) && !wallets.lost.includes(replacement);
  const isLinked = (wallets: RecordedWallets): boolean =>
    wallets.effective === wanted.effective && (!records.keepsLost || isMarked(wallets));
  const done = isLinked(before);
  if (!done) {
    await records.write(id, wanted, call);
    // A field that the directory does not know may be passed over: only the record itself tells.
    if (!isLinked(await records.read(id, call))) {
      throw directoryGarbage(`${records.host} did not keep the wallet that was written to a record`);
    }
    // Nothing holds a wallet to one record while it is written: somebody else may have taken it in between.
    await refuseTaken(records, id, replacement, call);
  }
  return {
    counts: { wallet_link: done || wanted.effective !== replacement ? 0 : 1 },
    survivors: withoutPlace(records, link, wanted).map((what) => ({ what, until: null })),
  };
}

/** How the record is to be. A wallet that is lost is no longer in use, whichever comes in its place. */
function linkedRecord(
  { effective, lost: marked }: RecordedWallets,
  { lost, replacement, effective: asked }: WalletLink,
): RecordedWallets {
  const others = marked.filter((wallet) => wallet !== replacement && wallet !== lost);
  const inUse = effective === lost ? null : effective;
  return { effective: asked ? replacement : inUse, lost: [...others, lost] };
}

/** What the record cannot say of the two wallets. */
function withoutPlace(
  { keepsLost }: WalletRecords,
  { lost, replacement }: WalletLink,
  { effective }: RecordedWallets,
): readonly string[] {
  return [
    ...(keepsLost ? [] : ['The record does not say that the old wallet is lost: it has no place for it.']),
    ...(effective === replacement
      ? []
      : [
          `The record does not name ${replacement}, which is in place of ${lost}: it has a place for one wallet in use alone.`,
        ]),
  ];
}

async function refuseTaken(
  records: WalletRecords,
  id: string,
  wallet: Address,
  call: DirectoryCall | undefined,
): Promise<void> {
  const owner = await records.ownerOf(wallet, call);
  if (owner !== null && owner !== id) throw directoryWalletTaken(wallet, owner);
}

function leftAlone(effective: Address): DirectoryEffect {
  const what = `The record names ${effective}, which is neither the lost wallet nor its replacement, and was left so: it has a place for one wallet alone.`;
  return { counts: { wallet_link: 0 }, survivors: [{ what, until: null }] };
}

/**
 * The one record among those that were found for a wallet.
 * @throws DeskError DIRECTORY_WRONG_PERSON for a record without it, DIRECTORY_GARBAGE for more than one.
 */
export function onlyRecord<T extends { readonly id: string }>(
  host: string,
  address: Address,
  found: readonly T[],
  walletsOf: (record: T) => RecordedWallets,
): T | null {
  for (const record of found) {
    const { effective, lost } = walletsOf(record);
    if (effective !== address && !lost.includes(address)) throw directoryWrongPerson(address);
  }
  const byId = new Map(found.map((record) => [record.id, record]));
  if (byId.size > 1) throw directoryGarbage(`${host} has the wallet ${address} on more than one record`);
  return [...byId.values()][0] ?? null;
}
