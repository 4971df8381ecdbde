/** Finds people in Better Auth. It answers an empty list for a field that it does not know: nobody is taken for that. */
import type { Address } from '../../../shared/address.ts';
import type { DirectoryPage } from '../../../shared/directory.ts';
import type { BetterAuthProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryCall, DirectorySearch } from '../directory.ts';
import { directoryGarbage } from '../directory-errors.ts';
import { pageOf } from '../page-cursor.ts';
import { onlyRecord } from '../wallet-record.ts';
import type { WalletRecords } from '../wallet-record.ts';
import { spellingsOf } from '../wallet-texts.ts';
import type { AdminApi } from './admin-api.ts';
import { participantOf, recordedWallets } from './records.ts';
import type { User } from './records.ts';

/** @throws DeskError DIRECTORY_GARBAGE where the records lack a field that the profile names. */
export async function anyUser(
  api: AdminApi,
  { walletField, lostWalletsField }: BetterAuthProfile,
  call: DirectoryCall | undefined,
): Promise<User> {
  const { users } = await api.users({ limit: '1' }, call);
  const user = users[0];
  // The desk is itself one of them.
  if (user === undefined) throw directoryGarbage(`${api.host} lists nobody at all`);
  for (const field of [walletField, lostWalletsField]) {
    if (field !== null && !Object.hasOwn(user, field)) {
      throw directoryGarbage(`the records of ${api.host} have no field "${field}", which the profile names`);
    }
  }
  return user;
}

/** The one user that a wallet belongs to, as effective or as lost. @throws DeskError DIRECTORY_GARBAGE where several have it. */
export async function userByWallet(
  api: AdminApi,
  profile: BetterAuthProfile,
  address: Address,
  call: DirectoryCall | undefined,
): Promise<User | null> {
  const { walletField, lostWalletsField } = profile;
  const filters = spellingsOf(address).flatMap((filterValue) => [
    { filterField: walletField, filterOperator: 'eq', filterValue },
    ...(lostWalletsField === null
      ? []
      : [{ filterField: lostWalletsField, filterOperator: 'contains', filterValue }]),
  ]);
  const answers = await Promise.all(filters.map((filter) => api.users({ ...filter, limit: '2' }, call)));
  const found = answers.flatMap(({ users }) => users);
  const user = onlyRecord(api.host, address, found, (one) => recordedWallets(one, profile));
  if (user !== null) return user;
  await anyUser(api, profile, call);
  return null;
}

/** By the form of the text: of an e-mail address, of a wallet, else of a name. */
function filterOf(text: string, walletField: string): Readonly<Record<string, string>> {
  if (text === '') return {};
  if (/^0x/iu.test(text)) {
    return { filterField: walletField, filterOperator: 'contains', filterValue: text };
  }
  return {
    searchField: text.includes('@') ? 'email' : 'name',
    searchOperator: 'contains',
    searchValue: text,
  };
}

/** Oldest first. Part of a wallet is looked for as it is spelt; an id has to be whole. */
export async function searchPeople(
  api: AdminApi,
  profile: BetterAuthProfile,
  { text, limit, after }: DirectorySearch,
  call: DirectoryCall | undefined,
): Promise<DirectoryPage> {
  const wanted = text.trim();
  const page = await pageOf(api.host, { limit, after }, async ({ first, max }) => {
    const sorting = { sortBy: 'createdAt', sortDirection: 'asc', offset: String(first), limit: String(max) };
    const { users } = await api.users({ ...filterOf(wanted, profile.walletField), ...sorting }, call);
    return users;
  });
  if (page.records.length > 0) {
    return { participants: page.records.map((user) => participantOf(user, profile)), after: page.after };
  }
  await anyUser(api, profile, call);
  const byId = wanted === '' || after !== null ? null : await api.findUser(wanted, call);
  return { participants: byId === null ? [] : [participantOf(byId, profile)], after: null };
}

export function walletRecords(api: AdminApi, profile: BetterAuthProfile): WalletRecords {
  const { walletField, lostWalletsField } = profile;
  return {
    host: api.host,
    keepsLost: lostWalletsField !== null,
    read: async (id, call) => recordedWallets(await api.user(id, call), profile),
    ownerOf: async (address, call) => (await userByWallet(api, profile, address, call))?.id ?? null,
    async write(id, { effective, lost }, call) {
      const kept = lostWalletsField === null ? {} : { [lostWalletsField]: lost.join(',') };
      await api.update(id, { [walletField]: effective, ...kept }, call);
    },
  };
}
