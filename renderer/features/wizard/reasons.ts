/** The reasons a recovery is made for, and what each changes, in plain words. */
import { REASON_TITLES, RECOVERY_REASONS } from '../../../shared/recovery-reasons.ts';
import type { RecoveryReason } from '../../../shared/recovery-reasons.ts';

export interface ReasonWords {
  readonly reason: RecoveryReason;
  readonly title: string;
  /** What was lost, so that a person finds their case again. */
  readonly when: string;
  /** What choosing it changes in the recovery. */
  readonly changes: string;
}

const WORDS: Readonly<Record<RecoveryReason, Omit<ReasonWords, 'reason' | 'title'>>> = {
  lost: {
    when: 'Key, seed phrase or backup is gone, and nobody else is thought to have it.',
    changes: 'Nothing is frozen first: identity and tokens are recovered straight away.',
  },
  compromised: {
    when: 'Theft, phishing, a leaked seed phrase, or transfers the person did not make.',
    changes: 'The lost wallet is frozen first, on every token where you may, and only then recovered.',
  },
  device_failed: {
    when: 'Broken, reset or unreadable hardware; the key never left it.',
    changes: 'Nothing is frozen first: identity and tokens are recovered straight away.',
  },
  other: {
    when: 'The person has lost access in another way. The ticket must say how.',
    changes: 'Nothing is frozen first. If somebody else could have the key, choose that reason instead.',
  },
};

/** All reasons in the order of the form. */
export const REASON_WORDS: readonly ReasonWords[] = RECOVERY_REASONS.map((reason) => ({
  reason,
  title: REASON_TITLES[reason],
  ...WORDS[reason],
}));
