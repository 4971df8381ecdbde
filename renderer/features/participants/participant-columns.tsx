import type { ParticipantRow } from '../../../shared/people-views.ts';
import { Address } from '../../components/address.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import styles from './participants-view.module.css';

/** Main sorts: the ids are those of the contract. */
export const PARTICIPANT_COLUMNS: readonly Column<ParticipantRow>[] = [
  {
    id: 'name',
    title: 'Name',
    track: 'minmax(150px, 1.6fr)',
    sortable: true,
    cell: (row) => row.name ?? <span className={styles.soft}>No name is known</span>,
  },
  {
    id: 'id',
    title: 'Id',
    track: 'minmax(110px, 1fr)',
    sortable: true,
    cell: (row) => <span className={styles.soft}>{row.id}</span>,
  },
  {
    id: 'wallet',
    title: 'Wallet',
    track: '166px',
    sortable: true,
    cell: (row) => (
      <>
        {row.effectiveWallet === null ? (
          <span className={styles.soft}>None</span>
        ) : (
          <Address value={row.effectiveWallet} form="plain" />
        )}
        {row.wallets > 1 ? <span className={styles.soft}> +{row.wallets - 1}</span> : null}
      </>
    ),
  },
  {
    id: 'state',
    title: 'State',
    track: '156px',
    sortable: true,
    cell: (row) => <StateBadge state={row.state} />,
  },
];
