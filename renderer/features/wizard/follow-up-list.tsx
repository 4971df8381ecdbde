import type { ReactElement } from 'react';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import type { Preview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { followUpTitle } from './outcome-words.ts';
import styles from './summary-step.module.css';

export interface FollowUpListProps {
  readonly result: RecoveryResult;
  /** Those of the old identity, to be issued anew. */
  readonly claims: Preview['claims'];
}

/** What others have to do now; claims are listed with their issuers. */
export function FollowUpList({ result, claims }: FollowUpListProps): ReactElement {
  return (
    <ul className={styles.followUps}>
      {result.followUps.map((item) => (
        <li key={item.code} data-code={item.code}>
          <h3>{followUpTitle(item.code)}</h3>
          <p>{item.message}</p>
          {item.code === 'CLAIMS_TO_REISSUE' ? <Claims claims={claims} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Claims({ claims }: Pick<FollowUpListProps, 'claims'>): ReactElement {
  return (
    <ul className={styles.claims}>
      {claims.map((claim, index) => (
        <li key={`${claim.topic} ${claim.issuer} ${String(index)}`}>
          {claim.topicName ?? `Topic ${claim.topic}`}, from issuer{' '}
          <Address value={claim.issuer} label="issuer of the claim" />
          {claim.trusted === false ? ' (not a trusted issuer any more)' : null}
        </li>
      ))}
    </ul>
  );
}
