/** What was last searched for, kept while one looks at a person and comes back. */
import { create } from 'zustand';
import type { SearchInput } from '../../../shared/people-views.ts';
import type { Sort } from '../../components/sorting.ts';

export interface SearchChoices {
  readonly text: string;
  readonly state: SearchInput['state'];
  readonly sort: Sort<SearchInput['sort']>;
}

export const useSearchChoices = create<SearchChoices>(() => ({
  text: '',
  state: null,
  sort: { column: 'name', direction: 'ascending' },
}));

/** Changes some of the choices and keeps the others. */
export function choose(change: Partial<SearchChoices>): void {
  useSearchChoices.setState(change);
}
