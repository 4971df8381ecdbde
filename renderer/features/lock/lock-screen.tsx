import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { Ago } from '../../components/elapsed.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { PracticeMark } from '../../components/practice-mark.tsx';
import { timeText } from '../../components/time-text.ts';
import { Told } from '../../components/told.tsx';
import { call, newKey } from '../../desk.ts';
import { proofWords } from '../operator/operator-words.ts';
import styles from './lock-screen.module.css';
import { lockWords } from './lock-words.ts';

/** All that a desk shows which nobody is at: nothing of people and recoveries, and the way back in. */
export function LockScreen({ deskState }: { readonly deskState: DeskState }): ReactElement {
  const { lock, lockedOn, operator, connection } = deskState;
  const unlocking = useDeed(() => call('operator.unlock', { key: newKey() }), takeDeskState);
  const leaving = useDeed(() => call('operator.signOut', { key: newKey() }), takeDeskState);
  const unlock = useRef<HTMLButtonElement>(null);
  const busy = unlocking.busy || leaving.busy;
  useEffect(() => {
    if (!busy) unlock.current?.focus();
  }, [busy]);

  const { title, why, meanwhile } = lockWords(lock, lockedOn);
  const error = unlocking.error ?? leaving.error;
  return (
    <div className={styles.screen}>
      {connection.status === 'connected' && connection.practice ? <PracticeMark size="strip" /> : null}
      <main className={styles.middle} id="main">
        <section className={styles.card} aria-labelledby="lock-title">
          <p className={styles.brand}>
            <Icon name="shield" size={16} /> Recovery Desk
          </p>
          <div className={styles.head}>
            <Icon name="lock" size={22} />
            <h1 id="lock-title">{title}</h1>
          </div>
          <div className={styles.words} id="lock-words">
            <p>{why}</p>
            <p>{meanwhile}</p>
          </div>
          <KeyValue
            facts={[
              { name: 'Signed in', value: <strong>{operator?.name ?? 'Nobody'}</strong> },
              ...(lock.since === null ? [] : [{ name: 'Since', value: <Since time={lock.since} /> }]),
            ]}
          />
          <Told words={unlocking.busy && operator !== null ? proofWords(operator) : null} />
          {error === null ? null : <ErrorPanel error={error} />}
          <div className={styles.buttons}>
            <Button
              ref={unlock}
              aria-describedby="lock-words"
              loading={unlocking.busy}
              disabled={leaving.busy}
              onClick={() => {
                leaving.forget();
                unlocking.run();
              }}
            >
              Unlock
            </Button>
            {operator === null ? null : (
              <Button
                variant="default"
                loading={leaving.busy}
                disabled={unlocking.busy}
                onClick={() => {
                  unlocking.forget();
                  leaving.run();
                }}
              >
                Sign out
              </Button>
            )}
          </div>
        </section>
      </main>
    </div>
  );
}

function Since({ time }: { readonly time: string }): ReactElement {
  return (
    <>
      {timeText(time)}, <Ago time={time} />
    </>
  );
}
