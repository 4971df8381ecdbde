/** Who can sign in one run of the engine: an operator alone, or several at one desk. */
import type { Address } from '../../shared/address.ts';
import type { Signer } from './needs.ts';

export interface Signers {
  /** Whose hand is on the desk: who begins a recovery, or goes on with one. */
  readonly own: Address;
  /** null for an address whose signer is not here: its steps wait, and what it signed before is looked after. */
  get(address: Address): Signer | null;
}

export function signersOf(own: Signer, others: readonly Signer[] = []): Signers {
  const all = [own, ...others];
  return {
    get own() {
      return own.address;
    },
    get: (address) => all.find((signer) => signer.address === address) ?? null,
  };
}
