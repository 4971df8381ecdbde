import type { ReactElement } from 'react';
import styles from './practice-mark.module.css';

/** Stands wherever something belongs to the practice network, so that it is never taken for a real one. */
export function PracticeMark({ size = 'small' }: { readonly size?: 'small' | 'strip' }): ReactElement {
  if (size === 'small') return <span className={styles.small}>Practice</span>;
  return (
    <div className={styles.strip} role="note">
      <span className={styles.words}>
        <strong>Practice network.</strong> Made-up people and money for training. Nothing here is real.
      </span>
    </div>
  );
}
