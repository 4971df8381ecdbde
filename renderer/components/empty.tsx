import type { ReactElement, ReactNode } from 'react';
import styles from './empty.module.css';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface EmptyProps {
  readonly title: string;
  readonly icon?: IconName;
  /** Why there is nothing, and what to do to have something. */
  readonly children?: ReactNode;
}

/** What stands where there is nothing to show. */
export function Empty({ title, icon, children }: EmptyProps): ReactElement {
  return (
    <div className={styles.empty}>
      {icon === undefined ? null : (
        <span className={styles.icon}>
          <Icon name={icon} size={22} />
        </span>
      )}
      <p className={styles.title}>{title}</p>
      <div className={styles.text}>{children}</div>
    </div>
  );
}
