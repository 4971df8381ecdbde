import { Input } from '@mantine/core';
import { useDeferredValue, useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { ParticipantRow, SearchInput } from '../../../shared/people-views.ts';
import { show, useWindow } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { countText } from '../../components/amount-text.ts';
import { Empty } from '../../components/empty.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { nextSort } from '../../components/sorting.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { DrillList } from '../start/drill-list.tsx';
import { PARTICIPANT_COLUMNS } from './participant-columns.tsx';
import list from '../../components/list-view.module.css';
import styles from './participants-view.module.css';
import { usePeopleImport } from './people-import.tsx';
import { ParticipantsSource } from './participants-source.tsx';
import { choose, useSearchChoices } from './search-choices.ts';
import { StateFilter } from './state-filter.tsx';
import { usePeople } from './use-people.ts';
import { useSearchKey } from './use-search-key.ts';

type SortColumn = SearchInput['sort'];

/** The people of the network: searched as one types, sorted, filtered, opened. */
export function ParticipantsView({ deskState }: { readonly deskState: DeskState }): ReactElement {
  const { text, state, sort } = useSearchChoices();
  const field = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const reading = useWindow((window) => window.reading);
  const wanted = useDeferredValue(text);
  const { found, error, again, need } = usePeople({
    text: wanted,
    state,
    sort: sort.column,
    direction: sort.direction,
  });
  const importing = usePeopleImport(again);
  useSearchKey(field);
  useReadAgain(deskState.participantsFile, again);

  function onSearchKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      grid.current?.focus();
    }
    const first = found?.rows[0] ?? null;
    // While another answer is awaited, the first row is not the one that was searched for.
    if (event.key === 'Enter' && first !== null && found?.order.includes(JSON.stringify(text)) === true) {
      open(first);
    }
  }

  return (
    <Page
      title="Participants"
      width="table"
      actions={<ParticipantsSource deskState={deskState} importing={importing.button} />}
    >
      {importing.panel}
      <div className={styles.columns}>
        <div className={list.content}>
          <div className={list.tools}>
            <Input
              ref={field}
              className={list.search}
              leftSection={<Icon name="search" size={14} />}
              rightSection={<kbd>/</kbd>}
              placeholder="Search name, id or wallet"
              aria-label="Search participants by name, id or wallet"
              aria-keyshortcuts="/"
              type="search"
              maxLength={200}
              value={text}
              onChange={(event) => choose({ text: event.currentTarget.value })}
              onKeyDown={onSearchKey}
            />
            <StateFilter state={state} onChange={(chosen) => choose({ state: chosen })} />
            <p className={list.count} role="status">
              {found === null ? '' : `${countText(found.found)} of ${countText(found.known)} people`}
            </p>
          </div>
          {error === null ? null : <ErrorPanel error={error} onRetry={again} />}
          {found === null && error === null ? (
            <Loading what="Reading who is known on this network." progress={reading} />
          ) : null}
          {found === null ? null : (
            <VirtualTable
              label="Participants"
              gridRef={grid}
              rows={found.rows}
              order={found.order}
              onSight={need}
              columns={PARTICIPANT_COLUMNS}
              rowId={rowId}
              sort={sort}
              onSort={(column) => choose({ sort: nextSort(sort, column as SortColumn) })}
              onOpen={open}
              empty={<Nobody known={found.known} onClear={() => choose({ text: '', state: null })} />}
            />
          )}
        </div>
        {deskState.drills.length === 0 ? null : (
          <aside className={styles.drills} aria-label="Training drills">
            <h2>Training drills</h2>
            <p className={styles.soft}>Each of these people has met with another mishap.</p>
            <DrillList drills={deskState.drills} />
          </aside>
        )}
      </div>
    </Page>
  );
}

function Nobody({ known, onClear }: { readonly known: number; readonly onClear: () => void }): ReactElement {
  if (known === 0) {
    return (
      <Empty icon="people" title="Nobody is known on this network yet">
        Import people, choose a participants file, or wait until somebody is registered on the chain.
      </Empty>
    );
  }
  return (
    <Empty icon="search" title="Nobody fits">
      Search for part of a name, an id, or a whole wallet address.
      <div>
        <Button variant="default" size="sm" onClick={onClear}>
          Show everybody
        </Button>
      </div>
    </Empty>
  );
}

function rowId(row: ParticipantRow): string {
  return `${row.key.participantId ?? ''} ${row.key.wallet ?? ''}`;
}

function open(row: ParticipantRow): void {
  show({ name: 'participant', key: row.key });
}

/** Another file names other people. */
function useReadAgain(file: string | null, again: () => void): void {
  const before = useRef(file);
  useEffect(() => {
    if (before.current === file) return;
    before.current = file;
    again();
  }, [file, again]);
}
