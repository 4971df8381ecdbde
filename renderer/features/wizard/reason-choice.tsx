import type { ReactElement } from 'react';
import type { RecoveryReason } from '../../../shared/recovery-reasons.ts';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { REASON_WORDS } from './reasons.ts';
import styles from './reason-choice.module.css';

export interface ReasonChoiceProps {
  readonly chosen: RecoveryReason | null;
  readonly problem: string | undefined;
  readonly onChoose: (reason: RecoveryReason) => void;
}

const CHOICES = REASON_WORDS.map(({ reason, title, when, changes }) => ({
  value: reason,
  title,
  words: (
    <>
      <span>{when}</span> <span className={styles.changes}>{changes}</span>
    </>
  ),
}));

/** The reasons, with what each changes. */
export function ReasonChoice({ chosen, problem, onChoose }: ReasonChoiceProps): ReactElement {
  return (
    <ChoiceCards
      legend="Why is the wallet recovered?"
      name="reason"
      choices={CHOICES}
      chosen={chosen}
      problem={problem}
      onChoose={onChoose}
    />
  );
}
