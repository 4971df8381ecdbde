import type { ReactElement } from 'react';
import styles from './progress-bar.module.css';

export interface ProgressBarProps {
  readonly value: number;
  /** 0 where there is nothing to do: the bar is then full. */
  readonly of: number;
  readonly label: string;
}

/** How much of something is done. */
export function ProgressBar({ value, of, label }: ProgressBarProps): ReactElement {
  return (
    <progress className={styles.bar} max={Math.max(of, 1)} value={of === 0 ? 1 : value} aria-label={label} />
  );
}
