import type { ReactElement } from 'react';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import tones from '../../components/tones.module.css';
import { headline } from './outcome-words.ts';
import type { Headline } from './outcome-words.ts';
import styles from './summary-step.module.css';

const ICONS: Readonly<Record<Headline['tone'], IconName>> = {
  good: 'shield',
  caution: 'warning',
  danger: 'failed',
  calm: 'skipped',
};

/** What the end means, below the heading that names it. */
export function HeadlinePanel({ result }: { readonly result: RecoveryResult }): ReactElement {
  const { tone, meaning } = headline(result);
  return (
    <div
      className={`${styles.headline ?? ''} ${tones[tone] ?? ''}`}
      data-status={result.status}
      data-tone={tone}
    >
      <Icon name={ICONS[tone]} size={22} />
      <p>{meaning}</p>
    </div>
  );
}
