import type { ReactElement, ReactNode } from 'react';
import styles from './key-value.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** A plain word on what it means. */
  readonly hint?: string;
}

export interface KeyValueProps {
  readonly facts: readonly Fact[];
  /** `column` lists facts below each other, `row` side by side as far as they fit. */
  readonly flow?: 'column' | 'row';
}

/** Named facts, as a description list. */
export function KeyValue({ facts, flow = 'column' }: KeyValueProps): ReactElement {
  return (
    <dl className={styles[flow]}>
      {facts.map((fact) => (
        <div key={fact.name} className={styles.fact}>
          <dt className={styles.name}>{fact.name}</dt>
          <dd className={styles.value}>
            {fact.value}
            {fact.hint === undefined ? null : <span className={styles.hint}>{fact.hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
