import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import { Button } from '../components/button.tsx';
import { ErrorPanel } from '../components/error-panel.tsx';
import { Icon } from '../components/icon.tsx';
import { PracticeMark } from '../components/practice-mark.tsx';
import { roleWords } from '../features/operator/operator-words.ts';
import { AppearanceChoice } from './appearance-choice.tsx';
import styles from './top-bar.module.css';
import type { Deed } from './use-deed.ts';
import type { Session } from './use-session.ts';
import { LOCK_KEYS } from './use-shortcuts.ts';

export interface TopBarProps {
  readonly deskState: DeskState;
  readonly session: Session;
  readonly locked: boolean;
  /** Whether the key of who is signed in is at work. */
  readonly working: boolean;
}

/**
 * Where the desk works and who is signed in. While a recovery is executed it only tells, and locks: who began one that
 * stands still may also sign out of it.
 */
export function TopBar({ deskState, session, locked, working }: TopBarProps): ReactElement {
  const { operator } = deskState;
  return (
    <>
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
              <p className={styles.who} title={operator.address}>
                <span className="said">Signed in: </span>
                <strong className={styles.name}>{operator.name}</strong>
                <span className={styles.soft}>{roleWords(operator)}</span>
              </p>
              <Button
                variant="subtle"
                size="line"
                icon={<Icon name="lock" size={13} />}
                title="Lock the desk (Ctrl+L)"
                aria-keyshortcuts={LOCK_KEYS}
                loading={session.lock.busy}
                onClick={session.lock.run}
              >
                Lock
              </Button>
              {working ? null : (
                <Button
                  variant="subtle"
                  size="line"
                  loading={session.signOut.busy}
                  onClick={session.signOut.run}
                >
                  Sign out
                </Button>
              )}
            </>
          )}
        </div>
        {locked ? null : <AppearanceChoice appearance={deskState.appearance} size="icon" />}
      </div>
      <Refused deed={session.lock} />
      <Refused deed={session.signOut} />
    </>
  );
}

/** What was not done. A desk that could not be locked is not left in the belief that it was. */
function Refused({ deed }: { readonly deed: Deed<[]> }): ReactElement | null {
  if (deed.error === null) return null;
  return (
    <div className={styles.refused}>
      <ErrorPanel error={deed.error} />
      <Button variant="subtle" size="sm" onClick={deed.forget}>
        Close this message
      </Button>
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
          <span className={`${styles.soft} ${styles.chain}`}>chain {connection.chainId}</span>
          {connection.practice ? <PracticeMark /> : null}
        </>
      );
    default:
      return assertNever(connection);
  }
}
