import type { ReactElement } from 'react';
import { PARTICIPANT_STATES } from '../../../shared/people-views.ts';
import type { ParticipantState } from '../../../shared/people-views.ts';
import { STATE_LOOKS } from '../../components/state-badge.tsx';
import styles from './participants-view.module.css';

export interface StateFilterProps {
  readonly state: ParticipantState | null;
  readonly onChange: (state: ParticipantState | null) => void;
}

/** Everybody, or those in one state. */
export function StateFilter({ state, onChange }: StateFilterProps): ReactElement {
  return (
    <div className={styles.filters} role="group" aria-label="State">
      {[null, ...PARTICIPANT_STATES].map((one) => (
        <button
          key={one ?? 'all'}
          type="button"
          className={styles.filter}
          aria-pressed={state === one}
          onClick={() => onChange(one)}
        >
          {one === null ? 'All' : STATE_LOOKS[one].label}
        </button>
      ))}
    </div>
  );
}
