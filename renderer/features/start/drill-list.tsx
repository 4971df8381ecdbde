import type { ReactElement } from 'react';
import type { Drill } from '../../../shared/desk-state.ts';
import { show } from '../../app/store.ts';
import styles from './drill-list.module.css';

/** The practice people with what each teaches; a press opens the person. */
export function DrillList({ drills }: { readonly drills: readonly Drill[] }): ReactElement {
  return (
    <ol className={styles.list}>
      {drills.map((drill, index) => (
        <li key={drill.participantId}>
          <button
            type="button"
            className={styles.drill}
            onClick={() =>
              show({ name: 'participant', key: { participantId: drill.participantId, wallet: null } })
            }
          >
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <span className={styles.words}>
              <span className={styles.title}>{drill.title}</span>
              <span className={styles.person}>{drill.person}</span>
              <span className={styles.expect}>{drill.expect}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
