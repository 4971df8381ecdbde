import type { ReactElement } from 'react';
import styles from './filter-chips.module.css';

export interface FilterChipsProps<T> {
  /** What is filtered by. */
  readonly label: string;
  readonly choices: readonly { readonly value: T; readonly title: string }[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

/** One of a few filters, all in sight. */
export function FilterChips<T>({ label, choices, chosen, onChoose }: FilterChipsProps<T>): ReactElement {
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {choices.map(({ value, title }) => (
        <button
          key={title}
          type="button"
          className={styles.chip}
          aria-pressed={chosen === value}
          onClick={() => onChoose(value)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
