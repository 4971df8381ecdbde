import type { RecoverySummary } from '../../../shared/people-views.ts';
import { hasEnded } from '../../../shared/phases.ts';
import { sortedBy } from '../../components/sorting.ts';
import type { Sort } from '../../components/sorting.ts';

export type HistoryFilter = 'all' | 'open' | 'completed' | 'token_failures' | 'not_done';

export const HISTORY_FILTERS: readonly { readonly value: HistoryFilter; readonly title: string }[] = [
  { value: 'all', title: 'All' },
  { value: 'open', title: 'Not ended' },
  { value: 'completed', title: 'Completed' },
  { value: 'token_failures', title: 'Tokens failed' },
  { value: 'not_done', title: 'Failed or cancelled' },
];

/** The recoveries of a state whose person, id, wallet or network has the text in it. */
export function filteredRecoveries(
  recoveries: readonly RecoverySummary[],
  filter: HistoryFilter,
  text: string,
): readonly RecoverySummary[] {
  const wanted = text.trim().toLowerCase();
  return recoveries.filter((one) => fits(one, filter) && searched(one).includes(wanted));
}

function searched(one: RecoverySummary): string {
  return [
    one.name,
    one.participantId,
    one.id,
    one.lostWallet,
    ...(one.further ?? []),
    one.operator,
    one.network,
  ]
    .join('\n')
    .toLowerCase();
}

function fits({ status }: RecoverySummary, filter: HistoryFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return !hasEnded(status);
    case 'completed':
      return status === 'completed';
    case 'token_failures':
      return status === 'completed_with_token_failures';
    case 'not_done':
      return status === 'failed' || status === 'cancelled';
  }
}

const KEYS: Readonly<Record<string, (one: RecoverySummary) => string | number>> = {
  person: (one) => one.name ?? one.participantId,
  wallet: (one) => one.lostWallet.toLowerCase(),
  network: (one) => one.network,
  status: (one) => one.status,
  tokens: (one) => one.recovered,
  begun: (one) => Date.parse(one.createdAt),
};

/** The recoveries in the order of a column. */
export function sortedRecoveries(
  recoveries: readonly RecoverySummary[],
  sort: Sort,
): readonly RecoverySummary[] {
  const key = KEYS[sort.column];
  return key === undefined ? recoveries : sortedBy(recoveries, key, sort.direction);
}
