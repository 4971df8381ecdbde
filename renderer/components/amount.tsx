import type { ReactElement } from 'react';
import { amountParts } from './amount-text.ts';
import styles from './amount.module.css';

export interface AmountProps {
  /** In the smallest unit, as a decimal string. */
  readonly value: string;
  readonly decimals: number;
  readonly symbol?: string;
}

/** An exact amount with thousands separators. */
export function Amount({ value, decimals, symbol }: AmountProps): ReactElement {
  const { whole, fraction } = amountParts(value, decimals);
  return (
    <span className={styles.amount}>
      {whole}
      <span className={styles.fraction}>{fraction}</span>
      {symbol === undefined ? null : <span className={styles.symbol}>{` ${symbol}`}</span>}
    </span>
  );
}
