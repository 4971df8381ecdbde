import type { ReactElement } from 'react';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon.tsx';
import styles from './navigation.module.css';
import { show, useWindow } from './store.ts';
import type { View } from './store.ts';

interface Entry {
  readonly view: View;
  readonly title: string;
  readonly icon: IconName;
  readonly covers: readonly View['name'][];
  /** Alt and this digit open it. */
  readonly digit: number;
}

export const ENTRIES: readonly Entry[] = [
  {
    view: { name: 'participants' },
    title: 'Participants',
    icon: 'people',
    covers: ['participants', 'participant'],
    digit: 1,
  },
  { view: { name: 'history' }, title: 'History', icon: 'history', covers: ['history'], digit: 2 },
  { view: { name: 'review' }, title: 'Review', icon: 'document', covers: ['review'], digit: 3 },
  { view: { name: 'settings' }, title: 'Settings', icon: 'settings', covers: ['settings'], digit: 4 },
];

/** The way between views, and back to a recovery in preparation. Not there while a recovery is being executed. */
export function Navigation(): ReactElement {
  const current = useWindow((state) => state.view.name);
  const step = useWindow((state) => state.wizard.step);
  return (
    <nav className={styles.nav} aria-label="Views">
      {step === 'none' ? null : (
        <button
          type="button"
          className={styles.prepared}
          aria-current={current === 'wizard' ? 'page' : undefined}
          onClick={() => show({ name: 'wizard' })}
        >
          <Icon name="shield" />
          {step === 'summary' ? 'Recovery summary' : 'Recovery in preparation'}
        </button>
      )}
      <ul className={styles.list}>
        {ENTRIES.map((entry) => (
          <li key={entry.title}>
            <button
              type="button"
              className={styles.entry}
              aria-current={entry.covers.includes(current) ? 'page' : undefined}
              aria-keyshortcuts={`Alt+${String(entry.digit)}`}
              onClick={() => show(entry.view)}
            >
              <Icon name={entry.icon} />
              {entry.title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
