import { useState } from 'react';
import type { ReactElement } from 'react';
import type { SignedInView } from '../../../shared/desk-state.ts';
import type { Deed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Told } from '../../components/told.tsx';
import { waitingWords } from './deed-row.tsx';
import styles from './you-section.module.css';

export interface RemoveYourselfProps {
  readonly operator: SignedInView;
  /** Of the view: who was removed is not shown here any more, and what is left to be told of it is. */
  readonly removing: Deed<[]>;
}

/** Removes who is signed in from this desk. Asks first: a key that is kept here alone is gone then. */
export function RemoveYourself({ operator, removing }: RemoveYourselfProps): ReactElement {
  const [leaving, setLeaving] = useState(false);
  return (
    <div className={styles.deed}>
      <div className={styles.line}>
        <div>
          <h3>Remove {operator.name} from this desk</h3>
          <p className={styles.soft}>Recoveries, log and reports stay. Rights on the chain stay, too.</p>
        </div>
        <Button variant="subtle" size="sm" aria-expanded={leaving} onClick={() => setLeaving(!leaving)}>
          Remove
        </Button>
      </div>
      {leaving ? (
        <div className={styles.question} role="group" aria-label={`Remove ${operator.name}?`}>
          <p>{consequence(operator.key)}</p>
          <Button size="sm" tone="danger" loading={removing.busy} onClick={removing.run}>
            Remove for good
          </Button>
          <Button size="sm" variant="default" disabled={removing.busy} onClick={() => setLeaving(false)}>
            Keep
          </Button>
        </div>
      ) : null}
      <Told words={removing.busy ? waitingWords(operator) : null} />
      {removing.error === null ? null : <ErrorPanel error={removing.error} />}
    </div>
  );
}

function consequence(key: SignedInView['key']): string {
  return key === 'keystore'
    ? 'Your key is deleted here, with its entry in the keychain. Without a copy of it elsewhere it is lost for good.'
    : 'The desk forgets how you sign in and where your key is. The key itself stays where it is.';
}
