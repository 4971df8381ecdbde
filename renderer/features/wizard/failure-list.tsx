import { useState } from 'react';
import type { ReactElement } from 'react';
import type { TokenFailure } from '../../../shared/outcome.ts';
import { Button } from '../../components/button.tsx';
import { Address } from '../../components/address.tsx';
import { counted } from '../../components/counted.ts';
import { failureTitle } from './outcome-words.ts';
import styles from './summary-step.module.css';

const FIRST = 50;

/** Tokens that were not recovered, each with its reason and the way on. Very many come in parts. */
export function FailureList({ failures }: { readonly failures: readonly TokenFailure[] }): ReactElement {
  const [shown, setShown] = useState(FIRST);
  const hidden = failures.length - shown;
  return (
    <>
      <ul className={styles.failures}>
        {failures.slice(0, shown).map((failure) => (
          <li
            key={`${failure.lostWallet ?? ''} ${failure.token}`}
            className={styles.failure}
            data-reason={failure.reason}
          >
            <div className={styles.failed}>
              <strong>{failure.symbol}</strong>
              <Address value={failure.token} label={`address of ${failure.symbol}`} />
              {failure.lostWallet === undefined ? null : (
                <span>
                  on the lost wallet <Address value={failure.lostWallet} label="lost wallet" />
                </span>
              )}
            </div>
            <div>
              <h3>{failureTitle(failure.reason)}</h3>
              <p>{failure.message}</p>
              <p className={styles.remedy}>{failure.remedy}</p>
            </div>
          </li>
        ))}
      </ul>
      {hidden > 0 ? (
        <Button variant="default" size="sm" onClick={() => setShown(shown + FIRST)}>
          Show more ({counted(hidden, 'token')} left)
        </Button>
      ) : null}
    </>
  );
}
