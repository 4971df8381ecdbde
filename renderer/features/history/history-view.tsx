import { Input } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { lastValue, useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { Icon } from '../../components/icon.tsx';
import list from '../../components/list-view.module.css';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import type { Sort } from '../../components/sorting.ts';
import { nextSort } from '../../components/sorting.ts';
import { countText } from '../../components/amount-text.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { historyColumns } from './history-columns.tsx';
import { HISTORY_FILTERS, filteredRecoveries, sortedRecoveries } from './history-filter.ts';
import type { HistoryFilter } from './history-filter.ts';
import { useRecoveryDeeds } from './use-recovery-deeds.ts';

/** All recoveries of this desk: found again, opened, gone on with, their failed tokens retried. */
export function HistoryView(): ReactElement {
  const { asked, again } = useAnswer('recovery.list', {});
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const [text, setText] = useState('');
  const [sort, setSort] = useState<Sort>({ column: 'begun', direction: 'descending' });
  const deeds = useRecoveryDeeds();
  const all = lastValue(asked);
  const columns = useMemo(() => historyColumns(deeds.resume), [deeds.resume]);
  const rows = useMemo(
    () => sortedRecoveries(filteredRecoveries(all ?? [], filter, text), sort),
    [all, filter, text, sort],
  );

  return (
    <Page
      title="History"
      width="table"
      subtitle="Every recovery that this desk has begun. Enter or a click opens it."
      actions={
        <Button variant="default" size="sm" onClick={again} loading={asked.status === 'asking'}>
          Read again
        </Button>
      }
    >
      {deeds.error === null ? null : <ErrorPanel error={deeds.error} />}
      {asked.status === 'failed' ? <ErrorPanel error={asked.error} onRetry={again} /> : null}
      {asked.status === 'asking' && all === null ? (
        <Loading what="Reading the recoveries of this desk." />
      ) : null}
      {all === null ? null : all.length === 0 ? (
        <Empty icon="history" title="No recovery has been made yet">
          A recovery begins with a participant: open a person and press Recover identity. It is listed here
          from its first moment on.
        </Empty>
      ) : (
        <div className={list.content}>
          <div className={list.tools}>
            <Input
              className={list.search}
              leftSection={<Icon name="search" size={14} />}
              placeholder="Name, id, wallet or network"
              aria-label="Filter by name, id, wallet or network"
              type="search"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <FilterChips label="State" choices={HISTORY_FILTERS} chosen={filter} onChoose={setFilter} />
            <p className={list.count} role="status">
              {countText(rows.length)} of {countText(all.length)}
            </p>
          </div>
          <VirtualTable
            label="Recoveries"
            rows={rows}
            columns={columns}
            rowId={(row) => row.id}
            rowHeight={48}
            sort={sort}
            onSort={(column) => setSort(nextSort(sort, column))}
            onOpen={(row) => deeds.open(row.id)}
            empty={
              <Empty icon="search" title="No recovery fits">
                Shorten the text, or show all states.
              </Empty>
            }
          />
        </div>
      )}
    </Page>
  );
}
