import type { ReactElement } from 'react';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { call, newKey } from '../../desk.ts';
import styles from './start-view.module.css';

/** Signs an operator in: the keystore by a file dialog, its passphrase in a window of its own. */
export function SignIn({ name }: { readonly name: string }): ReactElement {
  const signing = useDeed(() => call('operator.signIn', { key: newKey() }), takeDeskState);
  return (
    <section className={styles.way} aria-label="Sign in as operator">
      <div className={styles.head}>
        <Icon name="shield" size={18} />
        <h2>Sign in as operator</h2>
      </div>
      <p className={styles.soft}>
        An identity manager of {name} prepares and executes recoveries; anybody else who signs in can look.
      </p>
      <ol className={styles.steps}>
        <li>Choose your keystore, the file with your locked key.</li>
        <li>Enter its passphrase in the small window that opens. This window never sees it.</li>
      </ol>
      {signing.error === null ? null : <ErrorPanel error={signing.error} />}
      <div className={styles.buttons}>
        <Button loading={signing.busy} onClick={signing.run}>
          Sign in with a keystore
        </Button>
      </div>
    </section>
  );
}
