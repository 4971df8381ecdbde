/** Finds people in a realm of Keycloak. */
import type { Address } from '../../../shared/address.ts';
import { readAddress } from '../../../shared/address.ts';
import type { DirectoryPage } from '../../../shared/directory.ts';
import type { KeycloakProfile } from '../../../shared/directory-profile.ts';
import type { DirectoryCall, DirectorySearch } from '../directory.ts';
import { pageOf } from '../page-cursor.ts';
import { onlyRecord } from '../wallet-record.ts';
import type { WalletRecords } from '../wallet-record.ts';
import { spellingsOf } from '../wallet-texts.ts';
import type { AdminApi } from './admin-api.ts';
import { participantOf, recordedWallets } from './records.ts';
import type { User } from './records.ts';

/** The one user that a wallet belongs to, as effective or as lost. Versions differ in whether case counts in attributes. */
export async function userByWallet(
  api: AdminApi,
  profile: KeycloakProfile,
  address: Address,
  call: DirectoryCall | undefined,
): Promise<User | null> {
  const attributes = [profile.walletAttribute, profile.lostWalletsAttribute].filter((name) => name !== null);
  const queries = attributes.flatMap((name) => spellingsOf(address).map((spelling) => `${name}:${spelling}`));
  const answers = await Promise.all(queries.map((q) => api.users({ q, max: '2' }, call)));
  return onlyRecord(api.host, address, answers.flat(), (user) => recordedWallets(user, profile));
}

/** By part of a name, user name or e-mail address, a whole wallet, or a whole id. */
export async function searchPeople(
  api: AdminApi,
  profile: KeycloakProfile,
  { text, limit, after }: DirectorySearch,
  call: DirectoryCall | undefined,
): Promise<DirectoryPage> {
  const wanted = text.trim();
  const address = readAddress(wanted);
  if (address !== 'malformed' && address !== 'checksum') {
    const user = await userByWallet(api, profile, address, call);
    return { participants: user === null ? [] : [participantOf(user, profile)], after: null };
  }
  const search = wanted === '' ? {} : { search: wanted };
  const page = await pageOf(api.host, { limit, after }, ({ first, max }) =>
    api.users({ ...search, first: String(first), max: String(max) }, call),
  );
  if (page.records.length > 0 || wanted === '' || after !== null) {
    return { participants: page.records.map((user) => participantOf(user, profile)), after: page.after };
  }
  const byId = await api.findUser(wanted, call);
  return { participants: byId === null ? [] : [participantOf(byId, profile)], after: null };
}

export function walletRecords(api: AdminApi, profile: KeycloakProfile): WalletRecords {
  const { walletAttribute, lostWalletsAttribute } = profile;
  return {
    host: api.host,
    keepsLost: lostWalletsAttribute !== null,
    read: async (id, call) => recordedWallets(await api.user(id, call), profile),
    ownerOf: async (address, call) => (await userByWallet(api, profile, address, call))?.id ?? null,
    async write(id, { effective, lost }, call) {
      const user = await api.user(id, call);
      const attributes = {
        ...user.attributes,
        [walletAttribute]: effective === null ? [] : [effective],
        ...(lostWalletsAttribute === null ? {} : { [lostWalletsAttribute]: lost }),
      };
      await api.update(id, { ...user, attributes }, call);
    },
  };
}
