import { Textarea } from '@mantine/core';
import { useId } from 'react';
import type { ReactElement } from 'react';
import type { ChallengeView as Challenge } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { timeText } from '../../components/time-text.ts';
import { CopyText } from './copy-text.tsx';
import { signedStatement } from './typed-data.ts';
import styles from './replacement-form.module.css';

export interface ChallengeViewProps {
  readonly challenge: Challenge;
  readonly signature: string;
  readonly problem: string | undefined;
  readonly onSignature: (signature: string) => void;
}

/** What the holder signs, to be handed over, and the signature that comes back. */
export function ChallengeView({
  challenge,
  signature,
  problem,
  onSignature,
}: ChallengeViewProps): ReactElement {
  const id = useId();
  const { practiceSignature } = challenge;
  const statement = signedStatement(challenge.typedData);
  return (
    <div className={styles.challenge}>
      <div>
        <div className={styles.challengeHead}>
          <h3 id={id}>Text for the holder to sign</h3>
          <CopyText text={challenge.typedData} label="Copy the text to sign" />
        </div>
        {statement === null ? null : <blockquote className={styles.statement}>{statement}</blockquote>}
        <pre className={styles.typed} tabIndex={0} role="region" aria-labelledby={id}>
          {challenge.typedData}
        </pre>
        <p className={styles.hint}>
          Typed data (EIP-712), as wallets take it. Valid until{' '}
          <time dateTime={challenge.expires}>{timeText(challenge.expires)}</time>.
        </p>
      </div>
      <div className={styles.answer}>
        <Textarea
          className={styles.signature}
          label="Signature"
          description="What the holder’s wallet gives back: 0x and many characters. Signing moves nothing by itself."
          required
          rows={5}
          spellCheck={false}
          autoComplete="off"
          value={signature}
          error={problem}
          onChange={(event) => onSignature(event.currentTarget.value)}
        />
        {practiceSignature === null ? null : (
          <Button variant="default" size="sm" onClick={() => onSignature(practiceSignature)}>
            Practice: let the holder sign
          </Button>
        )}
      </div>
    </div>
  );
}
