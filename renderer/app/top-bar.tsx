import { useState } from 'react';
import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import { Button } from '../components/button.tsx';
import { Address } from '../components/address.tsx';
import { Icon } from '../components/icon.tsx';
import { PracticeMark } from '../components/practice-mark.tsx';
import { call, newKey } from '../desk.ts';
import { AppearanceChoice } from './appearance-choice.tsx';
import { takeDeskState } from './store.ts';
import styles from './top-bar.module.css';

export interface TopBarProps {
  readonly deskState: DeskState;
  readonly locked: boolean;
  /** Whether the key of who is signed in is at work. */
  readonly working: boolean;
}

/**
 * Where the desk works and who is signed in. While a recovery is executed it only tells; nothing in it can be pressed.
 * Who began one that stands still may sign out of it.
 */
export function TopBar({ deskState, locked, working }: TopBarProps): ReactElement {
  const { operator } = deskState;
  return (
    <div className={styles.bar}>
      <p className={styles.brand}>
        <Icon name="shield" size={18} />
        Recovery Desk
      </p>
      <p className={styles.network}>
        <span className="said">Network: </span>
        <Connection connection={deskState.connection} />
      </p>
      <div className={styles.operator}>
        {operator === null ? (
          <span className={styles.soft}>Not signed in</span>
        ) : (
          <>
            <span className={styles.soft}>
              {operator.identityManager ? 'Identity manager' : 'Signed in, read only'}
            </span>
            <Address value={operator.address} label="operator address" form={locked ? 'plain' : 'short'} />
            {working ? null : <SignOut />}
          </>
        )}
      </div>
      {locked ? null : <AppearanceChoice appearance={deskState.appearance} size="icon" />}
    </div>
  );
}

function Connection({ connection }: { readonly connection: DeskState['connection'] }): ReactElement {
  switch (connection.status) {
    case 'none':
      return <span className={styles.soft}>No network chosen</span>;
    case 'connecting':
      return <span className={styles.soft}>Connecting to {connection.name} …</span>;
    case 'failed':
      return (
        <span className={styles.failed}>
          <Icon name="warning" size={13} /> {connection.name}: not connected
        </span>
      );
    case 'connected':
      return (
        <>
          <span className={styles.dot} aria-hidden="true" />
          <strong className={styles.name}>{connection.name}</strong>
          <span className={styles.soft}>chain {connection.chainId}</span>
          {connection.practice ? <PracticeMark /> : null}
        </>
      );
    default:
      return assertNever(connection);
  }
}

function SignOut(): ReactElement {
  const [busy, setBusy] = useState(false);
  async function signOut(): Promise<void> {
    setBusy(true);
    const answer = await call('operator.signOut', { key: newKey() });
    setBusy(false);
    if (answer.ok) takeDeskState(answer.value);
  }
  return (
    <Button variant="subtle" size="line" loading={busy} onClick={() => void signOut()}>
      Sign out
    </Button>
  );
}
