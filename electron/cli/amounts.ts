/** Numbers as people write them: token decimals, thousands. Text in, text out; never a float. */
/** Base units as whole tokens with thousands separators: `1,234.5`. */
export function tokenAmount(units: string, decimals: number): string {
  // By hand: formatters stop at 80 decimals, and anybody's token may claim 255.
  const digits = units.padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const grouped = digits.slice(0, point).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const fraction = digits.slice(point).replace(/0+$/, '');
  return fraction === '' ? grouped : `${grouped}.${fraction}`;
}

/** Wei as coins of 18 decimals. */
export function coins(wei: string): string {
  return tokenAmount(wei, 18);
}
