/** Makes the replacement the wallet of a user's record, and sees that it is nobody else's. */
import type { Address } from '../../../shared/address.ts';
import type { DirectoryEffect } from '../../../shared/directory.ts';
import type { BetterAuthProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryCall, WalletLink } from '../directory.ts';
import { directoryGarbage, directoryWalletTaken } from '../directory-errors.ts';
import type { AdminApi } from './admin-api.ts';
import { userByWallet } from './people.ts';
import { effectiveWallet, lostWallets } from './records.ts';

/** @throws DeskError DIRECTORY_WALLET_TAKEN; DIRECTORY_GARBAGE where the record is not so afterwards. */
export async function linkWallet(
  api: AdminApi,
  profile: BetterAuthProfile,
  id: string,
  { lost, replacement }: WalletLink,
  call: DirectoryCall | undefined,
): Promise<DirectoryEffect> {
  const user = await api.user(id, call);
  await refuseTaken(api, profile, id, replacement, call);
  const effective = effectiveWallet(user, profile);
  const lostBefore = lostWallets(user, profile);
  if (effective !== null && effective !== lost && effective !== replacement) return leftAlone(effective);

  const keepsLost = profile.lostWalletsField !== null;
  const done = effective === replacement && (!keepsLost || lostBefore.includes(lost));
  if (!done) {
    const lostNow = [...new Set([...lostBefore.filter((wallet) => wallet !== replacement), lost])];
    const data = {
      [profile.walletField]: replacement,
      ...(profile.lostWalletsField === null ? {} : { [profile.lostWalletsField]: lostNow.join(',') }),
    };
    // Better Auth passes over fields that it does not know: only the record itself tells.
    await api.update(id, data, call);
    const after = await api.user(id, call);
    const linked = effectiveWallet(after, profile) === replacement;
    if (!linked || (keepsLost && !lostWallets(after, profile).includes(lost))) {
      throw directoryGarbage(`${api.host} did not keep the wallet that was written to a record`);
    }
    // Nothing holds a wallet to one record while it is written: somebody else may have taken it in between.
    await refuseTaken(api, profile, id, replacement, call);
  }
  return {
    counts: { wallet_link: done ? 0 : 1 },
    survivors: keepsLost
      ? []
      : [{ what: 'The record does not say that the old wallet is lost: it has no place for it.', until: null }],
  };
}

async function refuseTaken(
  api: AdminApi,
  profile: BetterAuthProfile,
  id: string,
  replacement: Address,
  call: DirectoryCall | undefined,
): Promise<void> {
  const owner = await userByWallet(api, profile, replacement, call);
  if (owner !== null && owner.id !== id) throw directoryWalletTaken(replacement, owner.id);
}

function leftAlone(effective: Address): DirectoryEffect {
  const what = `The record names ${effective}, which is neither the lost wallet nor its replacement, and was left so: it has a place for one wallet alone.`;
  return { counts: { wallet_link: 0 }, survivors: [{ what, until: null }] };
}
