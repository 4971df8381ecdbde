/** Numbers as people write them: token decimals, thousands. Text in, text out; never a float. */
import { formatUnits } from 'ethers';

/** Base units as whole tokens with thousands separators: `1,234.5`. */
export function tokenAmount(units: string, decimals: number): string {
  const [whole = '0', part = ''] = formatUnits(units, decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const fraction = part.replace(/0+$/, '');
  return fraction === '' ? grouped : `${grouped}.${fraction}`;
}

/** Wei as coins of 18 decimals. */
export function coins(wei: string): string {
  return tokenAmount(wei, 18);
}
