import { useId } from 'react';
import type { ReactElement } from 'react';
import styles from './tick-box.module.css';

export interface TickBoxProps {
  readonly label: string;
  /** What it means, in a sentence or two. */
  readonly words?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** One thing that is wanted or not. */
export function TickBox({ label, words, checked, disabled, onChange }: TickBoxProps): ReactElement {
  const id = useId();
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-labelledby={`${id}-label`}
        aria-describedby={words === undefined ? undefined : `${id}-words`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span id={`${id}-label`}>{label}</span>
      {words === undefined ? null : (
        <span className={styles.words} id={`${id}-words`}>
          {words}
        </span>
      )}
    </label>
  );
}
