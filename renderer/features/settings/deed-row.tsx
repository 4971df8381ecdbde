import { useState } from 'react';
import type { ReactElement } from 'react';
import type { DeskState, SignedInView } from '../../../shared/desk-state.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Told } from '../../components/told.tsx';
import { call, newKey } from '../../desk.ts';
import styles from './you-section.module.css';

export interface OperatorDeed {
  readonly procedure:
    'operator.changePassphrase' | 'operator.setUpCode' | 'operator.removeCode' | 'operator.newRecoveryCodes';
  readonly label: string;
  /** What is told once it was done. */
  readonly done: string;
}

export interface DeedRowProps {
  readonly operator: SignedInView;
  readonly title: string;
  readonly words: string;
  readonly deeds: readonly OperatorDeed[];
}

const SMALL_WINDOW = 'It may lie behind this one. Close it to cancel.';

/** As long as main waits for what is entered. */
export function waitingWords({ signIn }: Pick<SignedInView, 'signIn'>): string {
  return signIn === 'oidc'
    ? `Log in anew in your browser, then go on in the small window that opens. ${SMALL_WINDOW}`
    : `Go on in the small window that opened. ${SMALL_WINDOW}`;
}

/** What can be changed of an operator, with the buttons for it, one at a time. */
export function DeedRow({ operator, title, words, deeds }: DeedRowProps): ReactElement {
  const [asked, setAsked] = useState<OperatorDeed | null>(null);
  const [done, setDone] = useState(false);
  const doing = useDeed(
    (deed: OperatorDeed) => call(deed.procedure, { key: newKey() }),
    (state: DeskState) => {
      takeDeskState(state);
      setDone(true);
    },
  );

  function run(deed: OperatorDeed): void {
    setAsked(deed);
    setDone(false);
    doing.run(deed);
  }

  return (
    <li className={styles.deed}>
      <div className={styles.line}>
        <div>
          <h3>{title}</h3>
          <p className={styles.soft}>{words}</p>
        </div>
        <div className={styles.buttons}>
          {deeds.map((deed) => (
            <Button
              key={deed.procedure}
              variant="default"
              size="sm"
              loading={doing.busy && asked?.procedure === deed.procedure}
              disabled={doing.busy && asked?.procedure !== deed.procedure}
              onClick={() => run(deed)}
            >
              {deed.label}
            </Button>
          ))}
        </div>
      </div>
      <Told words={doing.busy ? waitingWords(operator) : done && asked !== null ? asked.done : null} />
      {doing.error === null ? null : <ErrorPanel error={doing.error} />}
    </li>
  );
}
