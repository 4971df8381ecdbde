import type { ReactElement } from 'react';
import type { ParticipantDetail } from '../../../shared/people-views.ts';
import { show, takeWizard, useWindow } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { call } from '../../desk.ts';
import styles from './participant-view.module.css';

/** The one way to a recovery: there only for who may begin one, and else why not. */
export function RecoverIdentity({ detail }: { readonly detail: ParticipantDetail }): ReactElement {
  const { mayRecover, row } = detail;
  const step = useWindow((state) => state.wizard.step);
  const beginning = useDeed(
    () => call('wizard.begin', row.key),
    (wizard) => {
      takeWizard(wizard);
      show({ name: 'wizard' });
    },
  );
  if (!mayRecover.may) {
    return (
      <section className={`${styles.recover ?? ''} ${styles.refused ?? ''}`} aria-label="Recover identity">
        <div className={styles.words}>
          <h2>A recovery cannot be begun now</h2>
          <p>{mayRecover.message}</p>
          <p className={styles.soft}>{mayRecover.remedy}</p>
        </div>
      </section>
    );
  }
  return (
    <>
      <section className={styles.recover} aria-label="Recover identity">
        <div className={styles.words}>
          <h2>Lost access to the wallet?</h2>
          <p className={styles.soft}>
            A recovery gives the person a replacement wallet and identity, cuts off the lost one, and brings
            the tokens over. Nothing happens before you have confirmed a plan.
          </p>
        </div>
        {step === 'none' || step === 'summary' ? (
          <Button loading={beginning.busy} onClick={beginning.run}>
            Recover identity
          </Button>
        ) : (
          <Button variant="default" onClick={() => show({ name: 'wizard' })}>
            Go to the recovery in preparation
          </Button>
        )}
      </section>
      {beginning.error === null ? null : <ErrorPanel error={beginning.error} />}
    </>
  );
}
