import type { ReactElement } from 'react';
import type { TokenPreview } from '../../shared/preview.ts';
import { Amount } from './amount.tsx';
import { Icon } from './icon.tsx';
import { amountKey, sortedBy } from './sorting.ts';
import type { Sort } from './sorting.ts';
import { TokenOutcome } from './token-outcome.tsx';
import styles from './token-table.module.css';
import type { Column } from './virtual-table.tsx';

const KEYS: Readonly<Record<string, (token: TokenPreview) => string | bigint>> = {
  token: (token) => token.symbol,
  balance: (token) => amountKey(token.balance, token.decimals),
  frozen: (token) => amountKey(token.frozen, token.decimals),
  paused: (token) => (token.paused ? '0' : '1'),
  right: (token) => (token.custodianRight ? '1' : '0'),
  outcome: (token) => OUTCOME_ORDER[token.predicted.outcome],
};

/** Ascending begins with what needs a look. */
const OUTCOME_ORDER = { fails: '0', recovers: '1', already_recovered: '2' } as const;

/** The tokens in the order of a column. */
export function sortedTokens(tokens: readonly TokenPreview[], sort: Sort): readonly TokenPreview[] {
  const key = KEYS[sort.column];
  return key === undefined ? tokens : sortedBy(tokens, key, sort.direction);
}

export const TOKEN_COLUMNS: readonly Column<TokenPreview>[] = [
  {
    id: 'token',
    title: 'Token',
    track: 'minmax(150px, 1.4fr)',
    sortable: true,
    cell: (token) => (
      <>
        <strong className={styles.symbol}>{token.symbol}</strong>{' '}
        <span className={styles.soft}>{token.name}</span>
      </>
    ),
  },
  {
    id: 'balance',
    title: 'Balance',
    track: 'minmax(150px, 1.2fr)',
    align: 'end',
    sortable: true,
    cell: (token) => <Amount value={token.balance} decimals={token.decimals} />,
  },
  {
    id: 'frozen',
    title: 'Of it frozen',
    track: 'minmax(130px, 1fr)',
    align: 'end',
    sortable: true,
    cell: (token) => <Frozen token={token} />,
  },
  {
    id: 'paused',
    title: 'Token paused',
    track: '104px',
    sortable: true,
    cell: (token) =>
      token.paused ? (
        <span className={styles.caution}>
          <Icon name="paused" size={13} /> Paused
        </span>
      ) : (
        <span className={styles.soft}>No</span>
      ),
  },
  {
    id: 'right',
    title: 'Right to recover',
    track: '122px',
    sortable: true,
    cell: (token) =>
      token.custodianRight ? (
        <span className={styles.soft}>Held</span>
      ) : (
        <span className={styles.caution}>
          <Icon name="warning" size={13} /> Missing
        </span>
      ),
  },
  {
    id: 'outcome',
    title: 'Expected',
    track: 'minmax(176px, 1fr)',
    sortable: true,
    cell: (token) => <TokenOutcome token={token} />,
  },
];

function Frozen({ token }: { readonly token: TokenPreview }): ReactElement {
  if (token.addressFrozen) {
    return (
      <span className={styles.caution}>
        <Icon name="frozen" size={13} /> Whole wallet
      </span>
    );
  }
  if (token.frozen === '0') return <span className={styles.soft}>None</span>;
  return (
    <span className={styles.caution}>
      <Icon name="frozen" size={13} /> <Amount value={token.frozen} decimals={token.decimals} />
    </span>
  );
}
