import type { ReactElement } from 'react';
import type { ParticipantState } from '../../../shared/people-views.ts';
import { STATE_LOOKS } from '../../components/state-badge.tsx';
import styles from './participants-view.module.css';

export interface StateFilterProps {
  readonly state: ParticipantState | null;
  readonly onChange: (state: ParticipantState | null) => void;
}

/** Named here once more: the contract's list would bring its schemas along. */
const STATES = [
  'active',
  'recovery_running',
  'recovered',
  'no_wallet',
] as const satisfies readonly ParticipantState[];

/** Everybody, or those in one state. */
export function StateFilter({ state, onChange }: StateFilterProps): ReactElement {
  return (
    <div className={styles.filters} role="group" aria-label="State">
      {[null, ...STATES].map((one) => (
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
