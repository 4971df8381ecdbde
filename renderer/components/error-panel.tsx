import type { ReactElement } from 'react';
import type { ErrorView } from '../../shared/answer.ts';
import { Button } from './button.tsx';
import styles from './error-panel.module.css';
import { Icon } from './icon.tsx';

export interface ErrorPanelProps {
  readonly error: ErrorView;
  /** Offered unless the error says that the same can never work. */
  readonly onRetry?: () => void;
}

/** What went wrong, what was and was not done, and what to do next. */
export function ErrorPanel({ error, onRetry }: ErrorPanelProps): ReactElement {
  return (
    <div className={styles.panel} role="alert" data-code={error.code}>
      <span className={styles.mark}>
        <Icon name="warning" size={18} />
      </span>
      <div className={styles.words}>
        <p className={styles.message}>{error.message}</p>
        <p>{error.remedy}</p>
        <p className={styles.code}>For support: {error.code}</p>
      </div>
      {onRetry === undefined || error.retry === 'never' ? null : (
        <Button variant="default" size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
