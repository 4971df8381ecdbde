import { useId } from 'react';
import type { ReactElement } from 'react';
import type { RecoveryReason } from '../../../shared/recovery-reasons.ts';
import { REASON_WORDS } from './reasons.ts';
import styles from './reason-choice.module.css';

export interface ReasonChoiceProps {
  readonly chosen: RecoveryReason | null;
  readonly problem: string | undefined;
  readonly onChoose: (reason: RecoveryReason) => void;
}

/** The reasons as cards that say what each changes; arrow keys move between them. */
export function ReasonChoice({ chosen, problem, onChoose }: ReasonChoiceProps): ReactElement {
  const id = useId();
  return (
    <fieldset
      className={styles.choice}
      aria-describedby={problem === undefined ? undefined : `${id}-problem`}
    >
      <legend className={styles.legend}>Why is the wallet recovered?</legend>
      <div className={styles.cards}>
        {REASON_WORDS.map(({ reason, title, when, changes }) => (
          <label key={reason} className={styles.card}>
            <input
              type="radio"
              name="reason"
              value={reason}
              checked={chosen === reason}
              onChange={() => onChoose(reason)}
              aria-labelledby={`${id}-${reason}-title`}
              aria-describedby={`${id}-${reason}-words`}
              className={styles.radio}
            />
            <span className={styles.title} id={`${id}-${reason}-title`}>
              {title}
            </span>
            <span className={styles.words} id={`${id}-${reason}-words`}>
              <span>{when}</span> <span className={styles.changes}>{changes}</span>
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
