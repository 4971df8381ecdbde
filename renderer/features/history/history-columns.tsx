import type { ReactElement } from 'react';
import type { RecoverySummary } from '../../../shared/people-views.ts';
import { Button } from '../../components/button.tsx';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { PracticeMark } from '../../components/practice-mark.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { timeText } from '../../components/time-text.ts';
import type { Column } from '../../components/virtual-table.tsx';
import styles from './history-view.module.css';

/** The columns of the history; `resume` goes on with a recovery, or retries its failed tokens. */
export function historyColumns(resume: (recoveryId: string) => void): readonly Column<RecoverySummary>[] {
  return [
    {
      id: 'person',
      title: 'Participant',
      track: 'minmax(110px, 1.5fr)',
      sortable: true,
      cell: (one) => (
        <span className={styles.two}>
          <span>{one.name ?? one.participantId}</span>
          <span className={styles.soft}>{one.id}</span>
        </span>
      ),
    },
    {
      id: 'status',
      title: 'State',
      track: '204px',
      sortable: true,
      cell: (one) => <StateBadge state={one.status} />,
    },
    {
      id: 'tokens',
      title: 'Recovered',
      track: '80px',
      sortable: true,
      cell: (one) => <Tokens recovery={one} />,
    },
    {
      id: 'wallet',
      title: 'Lost wallet',
      track: '92px',
      sortable: true,
      cell: (one) => <LostWallets recovery={one} />,
    },
    {
      id: 'network',
      title: 'Network',
      track: 'minmax(84px, 1fr)',
      sortable: true,
      cell: (one) => (one.practice ? <PracticeMark /> : one.network),
    },
    {
      id: 'begun',
      title: 'Begun',
      track: '146px',
      sortable: true,
      cell: (one) => timeText(one.createdAt),
    },
    {
      id: 'way-on',
      title: 'Next step',
      track: '118px',
      sortable: false,
      cell: (one) => <WayOn recovery={one} resume={resume} />,
    },
  ];
}

/** The first, and how many more. */
function LostWallets({
  recovery: { lostWallet, further = [] },
}: {
  readonly recovery: RecoverySummary;
}): ReactElement {
  const first = <Address value={lostWallet} form="plain" />;
  if (further.length === 0) return first;
  return (
    <span className={styles.two}>
      <span>{first}</span>
      <span className={styles.soft}>and {countText(further.length)} more</span>
    </span>
  );
}

function Tokens({ recovery }: { readonly recovery: RecoverySummary }): ReactElement {
  return (
    <span className={styles.two}>
      <span>
        {countText(recovery.recovered)} of {countText(recovery.total)}
      </span>
      {recovery.failed === 0 ? null : (
        <span className={styles.failed}>{countText(recovery.failed)} failed</span>
      )}
    </span>
  );
}

function WayOn({
  recovery,
  resume,
}: {
  readonly recovery: RecoverySummary;
  readonly resume: (recoveryId: string) => void;
}): ReactElement | null {
  const title = wayOn(recovery);
  if (title === null) return null;
  return (
    <Button
      size="line"
      variant="default"
      onClick={(event) => {
        event.stopPropagation();
        resume(recovery.id);
      }}
    >
      {title}{' '}
      <span className="said">
        of {recovery.name ?? recovery.participantId}, {recovery.id}
      </span>
    </Button>
  );
}

function wayOn({ status }: RecoverySummary): string | null {
  if (status === 'waiting' || status === 'stopped' || status === 'running') return 'Go on';
  return status === 'completed_with_token_failures' ? 'Retry tokens' : null;
}
