import type { ReactElement } from 'react';
import type { DirectoryFacts } from '../../../shared/directory.ts';
import { Icon } from '../../components/icon.tsx';
import { accessLines } from './access-words.ts';
import styles from './access-lines.module.css';

const SIGNS = { can: 'done', partly: 'warning', cannot: 'warning' } as const;

/** What a person gets in with, and what a recovery does about it. @param facts null where there is no directory. */
export function AccessLines({ facts }: { readonly facts: DirectoryFacts | null }): ReactElement {
  return (
    <>
      {accessLines(facts).map(({ kind, title, sign, words }) => (
        <p key={kind} className={styles.line}>
          <span className={styles[sign]}>
            <Icon name={SIGNS[sign]} size={14} />
          </span>
          {title}: {words}
        </p>
      ))}
    </>
  );
}
