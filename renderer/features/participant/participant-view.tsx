import type { ReactElement } from 'react';
import type { SubjectKey } from '../../../shared/people-views.ts';
import { show, useWindow } from '../../app/store.ts';
import { lastValue, useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../components/button.tsx';
import { countText } from '../../components/amount-text.ts';
import { Ago } from '../../components/elapsed.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { ParticipantRecoveries } from './participant-recoveries.tsx';
import { RecoverIdentity } from './recover-identity.tsx';
import { KeptHere } from './kept-here.tsx';
import { SecuritySection } from './security-section.tsx';
import styles from './participant-view.module.css';

/** One person: how their wallets, identity and claims stand now, and the way to a recovery. */
export function ParticipantView({ subject }: { readonly subject: SubjectKey }): ReactElement {
  const { asked, again } = useAnswer('participants.get', subject);
  const reading = useWindow((state) => state.reading);
  const detail = lastValue(asked);
  const title = detail?.row.name ?? detail?.row.id ?? 'Participant';
  return (
    <Page
      title={title}
      width="text"
      subtitle={
        <span className={styles.line}>
          <button type="button" className={styles.back} onClick={() => show({ name: 'participants' })}>
            <Icon name="back" size={13} /> All participants
          </button>
          {detail === null ? null : (
            <>
              <span>{detail.row.id}</span>
              <StateBadge state={detail.row.state} />
            </>
          )}
        </span>
      }
      actions={
        detail === null ? undefined : (
          <>
            <span className={styles.read}>
              Read at block {countText(detail.block.number)}, made <Ago time={detail.block.time} />
            </span>
            <Button variant="default" size="sm" onClick={again} loading={asked.status === 'asking'}>
              Read again
            </Button>
          </>
        )
      }
    >
      {asked.status === 'failed' ? <ErrorPanel error={asked.error} onRetry={again} /> : null}
      {asked.status === 'asking' && detail === null ? (
        <Loading what="Reading the person’s wallets, identity and claims." progress={reading} />
      ) : null}
      {detail === null ? null : (
        <>
          <RecoverIdentity detail={detail} />
          <SecuritySection detail={detail} />
          <KeptHere detail={detail} onChanged={again} />
          <ParticipantRecoveries recoveries={detail.recoveries} />
        </>
      )}
    </Page>
  );
}
