/** What the desk knows to be lost stays lost, whatever is entered or imported: an old file says what was true before. */
import type { Address } from '../../../shared/address.ts';
import type { Participant } from '../../../shared/participant.ts';
import type { PersonEntry } from '../person-entry.ts';

export function lostOf({ wallets }: Participant): readonly Address[] {
  return wallets.flatMap((wallet) => (wallet.lost === true ? [wallet.address] : []));
}

/** The entry with the wallets that are on record as lost; the effective wallet of before where it names none. */
export function withKnownLosses(entry: PersonEntry, before: Participant | null): PersonEntry {
  if (before === null) return entry;
  const known = lostOf(before);
  const lost = [...new Set([...(entry.lostWallets ?? []), ...known])];
  const wallets = [...entry.wallets, ...known.filter((wallet) => !entry.wallets.includes(wallet))];
  const effective = before.wallets.find((wallet) => wallet.effective)?.address;
  const stays = effective !== undefined && wallets.includes(effective) && !lost.includes(effective);
  const kept = stays ? { effectiveWallet: effective } : {};
  return { ...kept, ...entry, wallets, ...(lost.length === 0 ? {} : { lostWallets: lost }) };
}

/** In words, which marks stay against an entry that names lost wallets and leaves these out. */
export function keptAgainst({ lostWallets }: PersonEntry, before: Participant | null): readonly string[] {
  if (before === null || lostWallets === undefined) return [];
  return lostOf(before)
    .filter((wallet) => !lostWallets.includes(wallet))
    .map((wallet) => `the wallet ${wallet} stays on record as lost, whatever the file says`);
}
