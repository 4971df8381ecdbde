import type { ReactElement } from 'react';
import { Icon } from './icon.tsx';
import styles from './note-list.module.css';

export interface Note {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export interface NoteListProps {
  readonly notes: readonly Note[];
  /** A blocker keeps a recovery from going on; a warning is to be known. */
  readonly tone: 'blocker' | 'warning';
}

const SAID = { blocker: 'Blocker: ', warning: 'Warning: ' } as const;

/** Blockers or warnings: what there is, and what to do about it. Draws nothing where there are none. */
export function NoteList({ notes, tone }: NoteListProps): ReactElement | null {
  if (notes.length === 0) return null;
  return (
    <ul className={styles.list}>
      {notes.map((note, index) => (
        <li key={`${note.code} ${String(index)}`} className={styles[tone]} data-code={note.code}>
          <span className={styles.mark}>
            <Icon name={tone === 'blocker' ? 'blocked' : 'warning'} size={16} />
          </span>
          <div>
            <p className={styles.message}>
              <span className="said">{SAID[tone]}</span>
              {note.message}
            </p>
            <p className={styles.remedy}>{note.remedy}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
