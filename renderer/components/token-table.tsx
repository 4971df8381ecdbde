import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import type { TokenPreview } from '../../shared/preview.ts';
import { Address } from './address.tsx';
import { nextSort } from './sorting.ts';
import type { Sort } from './sorting.ts';
import { TOKEN_COLUMNS, sortedTokens } from './token-columns.tsx';
import { outcomeText } from './token-outcome.tsx';
import styles from './token-table.module.css';
import { VirtualTable } from './virtual-table.tsx';

export interface TokenTableProps {
  readonly tokens: readonly TokenPreview[];
  /** Tells it from other tables of tokens beside it. */
  readonly label?: string;
}

const ROW_HEIGHT = 34;
const HEAD_HEIGHT = 36;
/** More rows than these are scrolled. */
const MOST_ROWS = 12;

/** The tokens in scope of a recovery; the one in focus is told in full below. */
export function TokenTable({ tokens, label = 'Tokens' }: TokenTableProps): ReactElement {
  const [sort, setSort] = useState<Sort>({ column: 'outcome', direction: 'ascending' });
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = useMemo(() => sortedTokens(tokens, sort), [tokens, sort]);
  const token = rows.find((one) => one.address === chosen) ?? rows[0];
  const height = HEAD_HEIGHT + Math.max(1, Math.min(rows.length, MOST_ROWS)) * ROW_HEIGHT;
  return (
    <div className={styles.tokens}>
      <div className={styles.table} style={{ height }}>
        <VirtualTable
          label={label}
          rows={rows}
          columns={TOKEN_COLUMNS}
          rowId={(row) => row.address}
          rowHeight={ROW_HEIGHT}
          sort={sort}
          onSort={(column) => {
            setSort(nextSort(sort, column));
            // Another order begins at its first row, and so does what is told below.
            setChosen(null);
          }}
          onActive={(row) => setChosen(row.address)}
          empty={<p className={styles.none}>No tokens are in scope.</p>}
        />
      </div>
      {token === undefined ? null : <Chosen token={token} />}
    </div>
  );
}

function Chosen({ token }: { readonly token: TokenPreview }): ReactElement {
  return (
    <div className={styles.chosen} aria-live="polite">
      <p>
        <strong>{token.symbol}</strong> <span className={styles.soft}>{token.name}</span>{' '}
        <Address value={token.address} label={`address of ${token.symbol}`} />
      </p>
      <p>{outcomeText(token)}</p>
    </div>
  );
}
