import type { ReactElement } from 'react';
import type { ParticipantDetail } from '../../../shared/people-views.ts';
import { Button } from '../../components/button.tsx';
import { countText } from '../../components/amount-text.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Section } from '../../components/page.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { timeText } from '../../components/time-text.ts';
import { useRecoveryDeeds } from '../history/use-recovery-deeds.ts';
import styles from './participant-view.module.css';

/** What this desk has recovered for the person before. */
export function ParticipantRecoveries({
  recoveries,
}: {
  readonly recoveries: ParticipantDetail['recoveries'];
}): ReactElement {
  const deeds = useRecoveryDeeds();
  return (
    <Section title="Recoveries of this person">
      {deeds.error === null ? null : <ErrorPanel error={deeds.error} />}
      {recoveries.length === 0 ? (
        <p className={styles.soft}>This desk has made none.</p>
      ) : (
        <ul className={styles.recoveries}>
          {recoveries.map((recovery) => (
            <li key={recovery.id} className={styles.recovery}>
              <StateBadge state={recovery.status} />
              <span className={styles.when}>
                {timeText(recovery.createdAt)}, {countText(recovery.recovered)} of {countText(recovery.total)}{' '}
                tokens recovered
              </span>
              <Button variant="default" size="line" onClick={() => deeds.open(recovery.id)}>
                Open <span className="said">the recovery {recovery.id}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
