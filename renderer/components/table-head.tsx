import type { ReactElement } from 'react';
import { Icon } from './icon.tsx';
import type { Sort } from './sorting.ts';
import type { Column } from './virtual-table.tsx';
import styles from './virtual-table.module.css';

export interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly sort: Sort;
  readonly onSort: (column: string) => void;
}

/** The headings of a table: those that sort are buttons. */
export function TableHead<Row>({ columns, template, sort, onSort }: TableHeadProps<Row>): ReactElement {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => {
          const sorted = sort.column === column.id;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={column.align === 'end' ? styles.end : styles.cell}
              aria-sort={column.sortable ? (sorted ? sort.direction : 'none') : undefined}
            >
              {column.sortable ? (
                <button
                  type="button"
                  className={styles.sort}
                  data-sorted={sorted}
                  onClick={() => onSort(column.id)}
                >
                  {column.title}
                  <span className={styles.arrow}>
                    <Icon name={sorted && sort.direction === 'descending' ? 'down' : 'up'} size={11} />
                  </span>
                </button>
              ) : (
                column.title
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
