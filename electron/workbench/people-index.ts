/** Everybody a site knows, ready to be searched as somebody types: names, ids and wallets in one text each. */
import { readAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { RecoveryRow } from '../../shared/journal.ts';
import type { Participant } from '../../shared/participant.ts';
import type {
  ParticipantRow,
  ParticipantState,
  SearchInput,
  SearchResult,
} from '../../shared/people-views.ts';
import { hasEnded } from '../../shared/phases.ts';

interface Indexed {
  readonly row: ParticipantRow;
  /** In small letters. */
  readonly text: string;
}

export interface PeopleIndex {
  search(input: SearchInput): SearchResult;
}

function effectiveOf({ wallets }: Participant): Address | null {
  return wallets.find((wallet) => wallet.effective)?.address ?? null;
}

/** How recoveries of this desk left a wallet. The newest says it. */
function statesByWallet(recoveries: readonly RecoveryRow[]): ReadonlyMap<Address, ParticipantState> {
  const states = new Map<Address, ParticipantState>();
  for (const { lostWallet, status } of recoveries) {
    if (states.has(lostWallet)) continue;
    if (!hasEnded(status)) states.set(lostWallet, 'recovery_running');
    else if (status.startsWith('completed')) states.set(lostWallet, 'recovered');
  }
  return states;
}

/** A person as a row of the table. */
export function rowOf(participant: Participant, recoveries: readonly RecoveryRow[]): ParticipantRow {
  const effectiveWallet = effectiveOf(participant);
  const known = statesByWallet(recoveries);
  const state =
    effectiveWallet === null ? ('no_wallet' as const) : (known.get(effectiveWallet) ?? ('active' as const));
  const listed = participant.source === 'directory' ? participant.id : null;
  return {
    key: { participantId: listed, wallet: listed === null ? effectiveWallet : null },
    id: participant.id,
    name: participant.name,
    wallets: participant.wallets.length,
    effectiveWallet,
    state,
  };
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const SORTS: Readonly<Record<SearchInput['sort'], (row: ParticipantRow) => string>> = {
  name: (row) => row.name ?? row.id,
  id: (row) => row.id,
  wallet: (row) => row.effectiveWallet?.toLowerCase() ?? '',
  state: (row) => row.state,
};

/**
 * @param people in the order of the directory; on sites without one, those that the desk recovered.
 * @param byWallet the person behind an address that nobody in the list has.
 */
export function peopleIndex(
  people: readonly Participant[],
  recoveries: readonly RecoveryRow[],
  byWallet: (wallet: Address) => Participant,
): PeopleIndex {
  const states = statesByWallet(recoveries);
  const all = people.map((participant): Indexed => {
    const row = rowOf(participant, []);
    const state = row.effectiveWallet === null ? undefined : states.get(row.effectiveWallet);
    const wallets = participant.wallets.map((wallet) => wallet.address);
    return {
      row: state === undefined ? row : { ...row, state },
      text: [participant.name ?? '', participant.id, ...wallets].join('\n').toLowerCase(),
    };
  });
  const orders = new Map<SearchInput['sort'], readonly Indexed[]>();
  const ordered = (sort: SearchInput['sort']): readonly Indexed[] => {
    const known = orders.get(sort);
    if (known !== undefined) return known;
    const keyed = all.map((entry) => ({ entry, key: SORTS[sort](entry.row) }));
    const made = keyed.sort((a, b) => collator.compare(a.key, b.key)).map(({ entry }) => entry);
    orders.set(sort, made);
    return made;
  };
  const stranger = (text: string): readonly ParticipantRow[] => {
    const address = readAddress(text.trim());
    return address === 'malformed' || address === 'checksum' ? [] : [rowOf(byWallet(address), recoveries)];
  };
  return {
    search({ text, state, sort, direction, offset, limit }) {
      const wanted = text.trim().toLowerCase();
      const order = ordered(sort);
      const hits =
        wanted === '' && state === null
          ? order
          : order.filter(
              (entry) => entry.text.includes(wanted) && (state === null || entry.row.state === state),
            );
      const rows = hits.length === 0 && state === null ? stranger(text) : hits.map((entry) => entry.row);
      const turned = direction === 'ascending' ? rows : rows.toReversed();
      return { known: all.length, found: rows.length, rows: turned.slice(offset, offset + limit) };
    },
  };
}
