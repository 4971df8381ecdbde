import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never.ts';
import type { TokenPreview } from '../../shared/preview.ts';
import { Icon } from './icon.tsx';
import styles from './token-table.module.css';

/** What is expected of a token's recovery, in a word and a sign. */
export function TokenOutcome({ token }: { readonly token: TokenPreview }): ReactElement {
  const { predicted } = token;
  switch (predicted.outcome) {
    case 'recovers':
      return (
        <span className={styles.good}>
          <Icon name="done" size={13} /> Will be recovered
        </span>
      );
    case 'fails':
      return (
        <span className={styles.bad} title={predicted.message}>
          <Icon name="failed" size={13} /> {FAILURES[predicted.reason]}
        </span>
      );
    case 'already_recovered':
      return (
        <span className={styles.calm}>
          <Icon name="done" size={13} /> Recovered already
        </span>
      );
    default:
      return assertNever(predicted);
  }
}

type Failing = Extract<TokenPreview['predicted'], { outcome: 'fails' }>['reason'];

const FAILURES: Readonly<Record<Failing, string>> = {
  TOKEN_PAUSED: 'Will fail: paused',
  CUSTODIAN_PERMISSION_MISSING: 'Will fail: right missing',
  NO_RECOVERABLE_TOKENS: 'Nothing to recover',
  BALANCE_MOVED: 'Moved away',
  RECOVERED_ELSEWHERE: 'Recovered elsewhere',
  RPC_ERROR: 'Could not be read',
  REPLACEMENT_CANNOT_SEND: 'Replacement cannot send',
  UNKNOWN: 'Will fail',
};

/** The whole of it, for the token in focus. */
export function outcomeText(token: TokenPreview): string {
  const { predicted } = token;
  const by =
    predicted.outcome === 'already_recovered' || predicted.by === 'flags'
      ? 'as the token’s settings show'
      : 'as a trial run on the chain shows';
  switch (predicted.outcome) {
    case 'recovers':
      return `The whole balance will be recovered, ${by}.`;
    case 'fails':
      return `${predicted.message} ${predicted.remedy}`;
    case 'already_recovered':
      return 'The balance is on the replacement wallet already.';
    default:
      return assertNever(predicted);
  }
}
