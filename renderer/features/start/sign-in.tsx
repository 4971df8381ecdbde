import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import { show } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { OperatorList } from '../operator/operator-list.tsx';
import styles from './start-view.module.css';

export interface SignInProps {
  /** Name of the network. */
  readonly name: string;
  readonly deskState: Pick<DeskState, 'operators' | 'damagedOperators' | 'signInWays'>;
}

/** The operators of this desk, to sign in as one of them. Secrets are entered in a window of their own. */
export function SignIn({ name, deskState }: SignInProps): ReactElement {
  return (
    <section className={styles.way} aria-label="Who are you?">
      <div className={styles.head}>
        <Icon name="shield" size={18} />
        <h2>Who are you?</h2>
      </div>
      <p className={styles.soft}>
        An identity manager of {name} prepares and executes recoveries; anybody else who signs in can look.
        Passphrases are entered in a small window of their own: this one never sees them.
      </p>
      <OperatorList operators={deskState.operators} ways={deskState.signInWays} />
      {deskState.damagedOperators.map(({ name, problem }) => (
        <div key={name} role="group" aria-label={`${name} cannot sign in`}>
          <p>
            <strong>{name}</strong> cannot sign in.
          </p>
          <ErrorPanel error={problem} />
        </div>
      ))}
      <div className={styles.buttons}>
        <Button
          variant="default"
          icon={<Icon name="add" size={13} />}
          onClick={() => show({ name: 'set_up' })}
        >
          Set up an operator
        </Button>
      </div>
    </section>
  );
}
