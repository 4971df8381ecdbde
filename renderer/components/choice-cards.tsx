import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import styles from './choice-cards.module.css';

export interface Choice<T> {
  readonly value: T;
  readonly title: string;
  /** What it means, in a sentence or two. */
  readonly words: ReactNode;
}

export interface ChoiceCardsProps<T> {
  /** The question. */
  readonly legend: ReactNode;
  /** The question stands above already, and is said to screen readers alone. */
  readonly quiet?: boolean;
  /** What is to be known before answering. */
  readonly hint?: ReactNode;
  /** Of the radio buttons. */
  readonly name: string;
  readonly choices: readonly Choice<T>[];
  /** null as long as nothing was chosen. */
  readonly chosen: T | null;
  readonly problem?: string | undefined;
  readonly onChoose: (value: T) => void;
}

/** One of a few, as cards that say what each means; arrow keys move between them. */
export function ChoiceCards<T extends string>(props: ChoiceCardsProps<T>): ReactElement {
  const { legend, quiet = false, hint, name, choices, chosen, problem, onChoose } = props;
  const id = useId();
  return (
    <fieldset
      className={styles.choice}
      aria-describedby={problem === undefined ? undefined : `${id}-problem`}
    >
      <legend className={quiet ? 'said' : styles.legend}>{legend}</legend>
      {hint}
      <div className={styles.cards}>
        {choices.map(({ value, title, words }) => (
          <label key={value} className={styles.card}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={chosen === value}
              onChange={() => onChoose(value)}
              aria-labelledby={`${id}-${value}-title`}
              aria-describedby={`${id}-${value}-words`}
              className={styles.radio}
            />
            <span className={styles.title} id={`${id}-${value}-title`}>
              {title}
            </span>
            <span className={styles.words} id={`${id}-${value}-words`}>
              {words}
            </span>
          </label>
        ))}
      </div>
      {problem === undefined ? null : (
        <p className={styles.problem} id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}
