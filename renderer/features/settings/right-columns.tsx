import type { OperatorRights } from '../../../shared/desk-state.ts';
import { Address } from '../../components/address.tsx';
import { Icon } from '../../components/icon.tsx';
import { sortedBy } from '../../components/sorting.ts';
import type { Sort } from '../../components/sorting.ts';
import type { Column } from '../../components/virtual-table.tsx';
import styles from './you-section.module.css';

type TokenRight = OperatorRights['tokens'][number];

const KEYS: Readonly<Record<string, (token: TokenRight) => string>> = {
  token: (token) => token.symbol,
  address: (token) => token.address.toLowerCase(),
  // Ascending begins with the rights that lack.
  right: (token) => (token.custodian ? '1' : '0'),
};

/** The tokens in the order of a column. */
export function sortedRights(tokens: readonly TokenRight[], sort: Sort): readonly TokenRight[] {
  const key = KEYS[sort.column];
  return key === undefined ? tokens : sortedBy(tokens, key, sort.direction);
}

export const RIGHT_COLUMNS: readonly Column<TokenRight>[] = [
  {
    id: 'token',
    title: 'Token',
    track: 'minmax(180px, 2fr)',
    sortable: true,
    cell: (token) => (
      <>
        <strong>{token.symbol}</strong> <span className={styles.soft}>{token.name}</span>
      </>
    ),
  },
  {
    id: 'address',
    title: 'Address',
    track: 'minmax(120px, 1fr)',
    sortable: true,
    cell: (token) => <Address value={token.address} form="plain" />,
  },
  {
    id: 'right',
    title: 'Custodian right',
    track: 'minmax(140px, 1fr)',
    sortable: true,
    cell: (token) =>
      token.custodian ? (
        <span className={styles.yes}>
          <Icon name="done" size={13} /> Yes
        </span>
      ) : (
        <span className={styles.no}>
          <Icon name="failed" size={13} /> No
        </span>
      ),
  },
];
