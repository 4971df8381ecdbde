/**
 * A table of which only the rows in sight are drawn. One tab stop: arrows, Page Up and Down, Home and End move the
 * active row, Enter opens it; the headings sort.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode, Ref } from 'react';
import { movedIndex } from './row-keys.ts';
import type { Sort } from './sorting.ts';
import { TableHead } from './table-head.tsx';
import styles from './virtual-table.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** The column's width as a CSS grid track, such as `minmax(120px, 2fr)`. */
  readonly track: string;
  readonly align?: 'end';
  readonly sortable: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface VirtualTableProps<Row> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  /** null where a row is not there yet. */
  readonly rows: readonly (Row | null)[];
  /** Changes when the rows are others or in another order; without it, when the list is another one. */
  readonly order?: string;
  /** Told which rows are in sight. */
  readonly onSight?: (first: number, last: number) => void;
  /** Kept between renders: rows are drawn anew when it changes. */
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly rowHeight?: number;
  readonly sort: Sort;
  readonly onSort: (column: string) => void;
  /** Enter, or a click on the row. */
  readonly onOpen?: (row: Row) => void;
  /** The active row has moved to another one. */
  readonly onActive?: (row: Row) => void;
  /** Stands below the headings where there are no rows. */
  readonly empty?: ReactNode;
  readonly gridRef?: Ref<HTMLDivElement>;
}

const ROW_HEIGHT = 36;

export function VirtualTable<Row>(props: VirtualTableProps<Row>): ReactElement {
  const { rows, columns, rowHeight = ROW_HEIGHT } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const current = Math.min(active, rows.length - 1);

  // Another order or another search begins at its top.
  useEffect(() => {
    setActive(0);
    scroller.current?.scrollTo({ top: 0 });
  }, [props.order ?? rows]);

  function activate(index: number): void {
    const row = rows[index];
    if (row === undefined) return;
    setActive(index);
    if (row !== null) props.onActive?.(row);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = rows[current];
    if (event.key === 'Enter' && row !== undefined && row !== null) {
      event.preventDefault();
      props.onOpen?.(row);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const moved = movedIndex(event.key, current, rows.length, page);
    if (moved === null) return;
    event.preventDefault();
    activate(moved);
    virtual.scrollToIndex(moved);
  }

  const template = columns.map((column) => column.track).join(' ');
  const items = virtual.getVirtualItems();
  const drawn = items.some((item) => item.index === current);
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { onSight } = props;
  useEffect(() => onSight?.(first, last), [onSight, first, last]);
  return (
    <div className={styles.frame} ref={scroller} tabIndex={-1}>
      <div
        role="grid"
        className={styles.grid}
        ref={props.gridRef}
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={drawn ? `${id}-${String(current)}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <TableHead columns={columns} template={template} sort={props.sort} onSort={props.onSort} />
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <BodyRow
                key={row === null ? item.index : props.rowId(row)}
                id={`${id}-${String(item.index)}`}
                row={row}
                index={item.index}
                top={item.start}
                height={rowHeight}
                template={template}
                columns={columns as readonly Column<unknown>[]}
                active={item.index === current}
                onPress={() => {
                  activate(item.index);
                  if (row !== null) props.onOpen?.(row);
                }}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 ? props.empty : null}
    </div>
  );
}

interface BodyRowProps {
  readonly id: string;
  readonly row: unknown;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly template: string;
  readonly columns: readonly Column<unknown>[];
  readonly active: boolean;
  readonly onPress: () => void;
}

const BodyRow = memo(
  function BodyRow(props: BodyRowProps): ReactElement {
    return (
      <div
        role="row"
        id={props.id}
        className={styles.row}
        aria-rowindex={props.index + 2}
        aria-selected={props.active}
        style={{
          height: props.height,
          transform: `translateY(${String(props.top)}px)`,
          gridTemplateColumns: props.template,
        }}
        onClick={props.onPress}
      >
        {props.columns.map((column) => (
          <div key={column.id} role="gridcell" className={column.align === 'end' ? styles.end : styles.cell}>
            {props.row === null ? '…' : column.cell(props.row)}
          </div>
        ))}
      </div>
    );
  },
  // A handler for the same row and place does the same: it alone is no reason to draw again.
  (before, after) =>
    before.row === after.row &&
    before.index === after.index &&
    before.top === after.top &&
    before.active === after.active &&
    before.columns === after.columns,
);
