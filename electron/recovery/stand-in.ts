/** An address that stands for a replacement not chosen yet, so that a preview can be simulated. Never planned with. */
import { toAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { digestOf } from '../../shared/canonical.ts';

export function standInFor(lostWallet: Address): Address {
  return toAddress(`0x${digestOf({ standInFor: lostWallet }).slice(-40)}`);
}
