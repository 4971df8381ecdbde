import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import type { OperatorRights } from '../../../shared/desk-state.ts';
import { useDeed } from '../../app/use-deed.ts';
import { countText } from '../../components/amount-text.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Loading } from '../../components/loading.tsx';
import { nextSort } from '../../components/sorting.ts';
import type { Sort } from '../../components/sorting.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { call } from '../../desk.ts';
import { RIGHT_COLUMNS, sortedRights } from './right-columns.tsx';
import styles from './you-section.module.css';

/** What who is signed in may do on this network, read from the chain when it is asked for. */
export function RightsPanel(): ReactElement {
  const [rights, setRights] = useState<OperatorRights | null>(null);
  const reading = useDeed(() => call('operator.rights', {}), setRights);
  return (
    <div className={styles.part} role="group" aria-label="Rights on this network">
      <div className={styles.line}>
        <div>
          <h3>Rights on this network</h3>
          <p className={styles.soft}>
            The chain gives them and takes them away. The desk reads them when you sign in, before a preview
            and before each execution.
          </p>
        </div>
        <Button variant="default" size="sm" loading={reading.busy} onClick={reading.run}>
          {rights === null ? 'Read them from the chain' : 'Read again'}
        </Button>
      </div>
      {reading.busy && rights === null ? <Loading what="Asking the chain for your rights." /> : null}
      {reading.error === null ? null : <ErrorPanel error={reading.error} onRetry={reading.run} />}
      {rights === null || reading.error !== null ? null : <Rights rights={rights} />}
    </div>
  );
}

const ROW_HEIGHT = 34;
const HEAD_HEIGHT = 36;
/** More rows than these are scrolled. */
const MOST_ROWS = 8;

function Rights({ rights }: { readonly rights: OperatorRights }): ReactElement {
  const [sort, setSort] = useState<Sort>({ column: 'right', direction: 'ascending' });
  const rows = useMemo(() => sortedRights(rights.tokens, sort), [rights, sort]);
  const held = rights.tokens.filter((token) => token.custodian).length;
  const height = HEAD_HEIGHT + Math.max(1, Math.min(rows.length, MOST_ROWS)) * ROW_HEIGHT;
  return (
    <>
      <KeyValue
        flow="row"
        facts={[
          { name: 'Identity manager', value: rights.identityManager ? 'Yes' : 'No' },
          {
            name: 'Custodian',
            value: `Of ${countText(held)} of ${countText(rights.tokens.length)} tokens`,
          },
          { name: 'Read at block', value: countText(rights.block) },
        ]}
      />
      <div className={styles.table} style={{ height }}>
        <VirtualTable
          label="Custodian rights by token"
          rows={rows}
          columns={RIGHT_COLUMNS}
          rowId={(row) => row.address}
          rowHeight={ROW_HEIGHT}
          sort={sort}
          onSort={(column) => setSort(nextSort(sort, column))}
          empty={<p className={styles.none}>There is no token on this network.</p>}
        />
      </div>
    </>
  );
}
