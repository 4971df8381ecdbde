/** Everybody a site knows, ready to be searched as somebody types: names, ids and wallets in one text each. */
import { readAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { RecoveryRow } from '../../shared/journal.ts';
import type { Participant } from '../../shared/participant.ts';
import type { ParticipantState } from '../../shared/participant-states.ts';
import type { ParticipantRow, SearchInput, SearchResult } from '../../shared/people-views.ts';
import { hasEnded } from '../../shared/phases.ts';
import { textIndex } from './text-index.ts';

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

/** By the wallet in use; one that took the place of a lost wallet stands as the recovery of that one left it. */
function stateOf(participant: Participant, states: ReadonlyMap<Address, ParticipantState>): ParticipantState {
  const effective = effectiveOf(participant);
  if (effective === null) return 'no_wallet';
  const lost = participant.wallets.flatMap((wallet) => (wallet.lost === true ? [wallet.address] : []));
  const known = [effective, ...lost].flatMap((wallet) => states.get(wallet) ?? []);
  return known.includes('recovery_running') ? 'recovery_running' : (known[0] ?? 'active');
}

/** A person as a row of the table. */
export function rowOf(participant: Participant, recoveries: readonly RecoveryRow[]): ParticipantRow {
  return rowIn(participant, statesByWallet(recoveries));
}

function rowIn(participant: Participant, states: ReadonlyMap<Address, ParticipantState>): ParticipantRow {
  const effectiveWallet = effectiveOf(participant);
  const listed = participant.source === 'directory' ? participant.id : null;
  return {
    key: { participantId: listed, wallet: listed === null ? effectiveWallet : null },
    id: participant.id,
    name: participant.name,
    wallets: participant.wallets.length,
    effectiveWallet,
    state: stateOf(participant, states),
  };
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const SORTS: Readonly<Record<SearchInput['sort'], (row: ParticipantRow) => string>> = {
  name: (row) => row.name ?? row.id,
  id: (row) => row.id,
  wallet: (row) => row.effectiveWallet?.toLowerCase() ?? '',
  state: (row) => row.state,
};

/** Everybody in the order of a column. */
interface Order {
  readonly rows: readonly ParticipantRow[];
  /** The place in it of each person, by their place in the list. */
  readonly places: Uint32Array;
}

function orderOf(all: readonly ParticipantRow[], keyOf: (row: ParticipantRow) => string): Order {
  const keyed = all.map((row, person) => ({ row, person, key: keyOf(row) }));
  keyed.sort((a, b) => collator.compare(a.key, b.key));
  const places = new Uint32Array(all.length);
  for (const [place, { person }] of keyed.entries()) places[person] = place;
  return { rows: keyed.map(({ row }) => row), places };
}

/** What a person is found by, in small letters. */
function textOf({ name, id, wallets }: Participant): string {
  return [name ?? '', id, ...wallets.map((wallet) => wallet.address)].join('\n').toLowerCase();
}

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
  const all = people.map((participant) => rowIn(participant, states));
  const texts = textIndex(people.map(textOf));
  const orders = new Map<SearchInput['sort'], Order>();
  const ordered = (sort: SearchInput['sort']): Order => {
    const order = orders.get(sort) ?? orderOf(all, SORTS[sort]);
    orders.set(sort, order);
    return order;
  };
  /** The people whose text holds the wanted one, in order. */
  const holding = (wanted: string, { rows, places }: Order): readonly ParticipantRow[] => {
    if (wanted === '') return rows;
    const found = Uint32Array.from(texts.holding(wanted), (person) => places[person] ?? 0).sort();
    return Array.from(found, (place) => rows[place]).filter((row) => row !== undefined);
  };
  const stranger = (text: string): readonly ParticipantRow[] => {
    const address = readAddress(text.trim());
    return address === 'malformed' || address === 'checksum' ? [] : [rowOf(byWallet(address), recoveries)];
  };
  return {
    search({ text, state, sort, direction, offset, limit }) {
      const fitting = holding(text.trim().toLowerCase(), ordered(sort));
      const hits = state === null ? fitting : fitting.filter((row) => row.state === state);
      const rows = hits.length === 0 && state === null ? stranger(text) : hits;
      const turned = direction === 'ascending' ? rows : rows.toReversed();
      return { known: all.length, found: rows.length, rows: turned.slice(offset, offset + limit) };
    },
  };
}
