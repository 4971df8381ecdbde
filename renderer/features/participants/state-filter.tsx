import type { ReactElement } from 'react';
import { PARTICIPANT_STATES } from '../../../shared/participant-states.ts';
import type { ParticipantState } from '../../../shared/participant-states.ts';
import { FilterChips } from '../../components/filter-chips.tsx';
import { STATE_LOOKS } from '../../components/state-badge.tsx';

export interface StateFilterProps {
  readonly state: ParticipantState | null;
  readonly onChange: (state: ParticipantState | null) => void;
}

const CHOICES: readonly { readonly value: ParticipantState | null; readonly title: string }[] = [
  { value: null, title: 'All' },
  ...PARTICIPANT_STATES.map((state) => ({ value: state, title: STATE_LOOKS[state].label })),
];

/** Everybody, or those in one state. */
export function StateFilter({ state, onChange }: StateFilterProps): ReactElement {
  return <FilterChips label="State" choices={CHOICES} chosen={state} onChoose={onChange} />;
}
