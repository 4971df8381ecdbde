import type { ReactElement } from 'react';
import type { ReadingProgress } from '../../shared/desk-state.ts';
import { countText } from './amount-text.ts';
import { Elapsed } from './elapsed.tsx';
import styles from './loading.module.css';
import { ProgressBar } from './progress-bar.tsx';
import { useMountTime } from './use-mount-time.ts';

export interface LoadingProps {
  /** What is being done, in a sentence. */
  readonly what: string;
  /** How far the reading of the chain's records has come, where it is known. */
  readonly progress?: ReadingProgress | null;
}

/** Says what is awaited, since when, and how far it is. */
export function Loading({ what, progress }: LoadingProps): ReactElement {
  const since = useMountTime();
  return (
    <div className={styles.loading} role="status" aria-busy="true">
      <span className={styles.spinner} aria-hidden="true" />
      <div className={styles.words}>
        <p>
          {what}{' '}
          <span className={styles.since} aria-hidden="true">
            <Elapsed since={since} />
          </span>
        </p>
        {progress === undefined || progress === null ? null : <Bar progress={progress} />}
      </div>
    </div>
  );
}

function Bar({ progress }: { readonly progress: ReadingProgress }): ReactElement {
  return (
    <div className={styles.reading}>
      <ProgressBar value={progress.reached} of={progress.last} label={progress.what} />
      <p className={styles.detail}>
        {progress.what}: block {countText(progress.reached)} of {countText(progress.last)}
      </p>
    </div>
  );
}
