import type { ReactElement } from 'react';
import styles from './wizard-frame.module.css';

/** Says, also aloud, under which name a file was saved. */
export function SavedNote({ fileName }: { readonly fileName: string | null }): ReactElement {
  return (
    <span role="status" className={styles.saved}>
      {fileName === null ? '' : `Saved as ${fileName}`}
    </span>
  );
}
