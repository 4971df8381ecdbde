import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import { DRILL_TITLES } from '../../../shared/drill-titles.ts';
import { show, takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Loading } from '../../components/loading.tsx';
import { PracticeMark } from '../../components/practice-mark.tsx';
import { counted } from '../../components/counted.ts';
import { call, newKey } from '../../desk.ts';
import styles from './start-view.module.css';

/** The practice network as training: made-up people, a real chain on this machine, nothing at stake. */
export function PracticeOffer({ drills }: { readonly drills: DeskState['drills'] }): ReactElement {
  const opening = useDeed(
    () => call('practice.open', { key: newKey() }),
    (state) => {
      takeDeskState(state);
      show({ name: 'participants' });
    },
  );
  // Before the network is up its people are not known.
  const titles = drills.length === 0 ? DRILL_TITLES : drills.map((drill) => drill.title);
  return (
    <section className={`${styles.way ?? ''} ${styles.practice ?? ''}`} aria-label="Training">
      <div className={styles.head}>
        <h2>Training</h2>
        <PracticeMark />
      </div>
      <p className={styles.soft}>
        A small chain on this machine with made-up people, an operator who is signed in, and{' '}
        {counted(titles.length, 'drill')}. Nothing leaves the machine and nothing is real.
      </p>
      <ul className={styles.lessons}>
        {titles.map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
      {opening.error === null ? null : <ErrorPanel error={opening.error} onRetry={opening.run} />}
      {opening.busy ? (
        <Loading what="Starting the practice network and its people." />
      ) : (
        <div className={styles.buttons}>
          <Button variant="default" onClick={opening.run}>
            Open the practice network
          </Button>
        </div>
      )}
    </section>
  );
}
