/** What was last searched for, kept while one looks at a person and comes back, and for nobody else. */
import { create } from 'zustand';
import type { SearchInput } from '../../../shared/people-views.ts';
import { useWindow, type WindowState } from '../../app/store.ts';
import type { Sort } from '../../components/sorting.ts';

export interface SearchChoices {
  readonly text: string;
  readonly state: SearchInput['state'];
  readonly sort: Sort<SearchInput['sort']>;
}

const NONE: SearchChoices = { text: '', state: null, sort: { column: 'name', direction: 'ascending' } };

export const useSearchChoices = create<SearchChoices>(() => NONE);

const operatorOf = ({ deskState }: WindowState): string | null => deskState?.operator?.id ?? null;

useWindow.subscribe((state, before) => {
  if (operatorOf(state) !== operatorOf(before)) useSearchChoices.setState(NONE);
});

/** Changes some of the choices and keeps the others. */
export function choose(change: Partial<SearchChoices>): void {
  useSearchChoices.setState(change);
}
