/** Amounts as people write them. Digits are moved, never computed with: no amount is rounded. */

export interface AmountParts {
  /** Whole units with thousands separators. */
  readonly whole: string;
  /** The point and what follows it, or nothing. */
  readonly fraction: string;
}

/** Splits an amount in the smallest unit (ERC-20 base units, wei) into whole units and what follows the point. */
export function amountParts(value: string, decimals: number): AmountParts {
  const digits = value.padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const fraction = digits.slice(cut).replace(/0+$/u, '');
  return {
    whole: digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/gu, ','),
    fraction: fraction === '' ? '' : `.${fraction}`,
  };
}

/** The same in one text: `1,234,567.5`. */
export function amountText(value: string, decimals: number): string {
  const { whole, fraction } = amountParts(value, decimals);
  return whole + fraction;
}

/** A count with thousands separators. */
export function countText(count: number): string {
  return amountText(String(count), 0);
}
