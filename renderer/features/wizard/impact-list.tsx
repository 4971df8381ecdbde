import type { ReactElement } from 'react';
import { Address } from '../../components/address.tsx';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import styles from './impact-list.module.css';
import type { ImpactGroup, ImpactKind } from './impact-words.ts';

const ICONS: Readonly<Record<ImpactKind, IconName>> = {
  created: 'add',
  revoked: 'blocked',
  reset: 'history',
  frozen: 'frozen',
  moved: 'next',
  left: 'paused',
};

/** What is created, revoked, reset, frozen, moved and left, a card each. */
export function ImpactList({ groups }: { readonly groups: readonly ImpactGroup[] }): ReactElement {
  return (
    <div className={styles.groups}>
      {groups.map((group) => (
        <div key={group.kind} className={`${styles.group ?? ''} ${styles[group.kind] ?? ''}`}>
          <h3 className={styles.title}>
            <span className={styles.icon}>
              <Icon name={ICONS[group.kind]} size={14} />
            </span>
            {group.title}
          </h3>
          <ul className={styles.lines}>
            {group.lines.map((line) => (
              <li key={line.text}>
                {line.text}
                {line.address === null ? null : (
                  <>
                    {' '}
                    <Address value={line.address} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
