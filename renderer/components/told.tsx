import type { ReactElement } from 'react';
import styles from './told.module.css';

/** What a person is told while something waits for them elsewhere, also aloud; null draws nothing. */
export function Told({ words }: { readonly words: string | null }): ReactElement {
  return (
    <div role="status" className={styles.told}>
      {words === null ? null : <p className={styles.words}>{words}</p>}
    </div>
  );
}
