/** Who acts in one run of the engine for the addresses that a plan names: keys at this desk, and signers elsewhere. */
import type { Address } from '../../shared/address.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { Signer } from './needs.ts';

/** Calls that others sign and send as one address, in the order in which they are to be carried out. */
export interface HandedOutBatch {
  readonly recoveryId: string;
  readonly planDigest: Hex;
  readonly chainId: number;
  readonly signer: Address;
  /** From 1, over all signers of the recovery. */
  readonly batch: number;
  readonly steps: readonly PlanStep[];
  /** What is left of a batch that an earlier run handed out: where that one still waits to be signed it is not to be queued beside it. */
  readonly again: boolean;
}

/** A Safe or a custody platform: the desk has no key of it, hands calls out, and watches the chain. */
export interface ExternalSigner {
  readonly address: Address;
  /** Resolves when the calls are where people find them. The journal tells by then that they may be carried out. */
  handOut(batch: HandedOutBatch): Promise<void>;
}

export interface Signers {
  /** Whose hand is on the desk: who begins a recovery, or goes on with one. */
  readonly own: Address;
  /** null for an address whose key is not here: its steps wait, and what it signed before is looked after. */
  get(address: Address): Signer | null;
  /** null for an address that no calls are handed out for in this run. */
  external(address: Address): ExternalSigner | null;
}

function isExternal(one: Signer | ExternalSigner): one is ExternalSigner {
  return 'handOut' in one;
}

export function signersOf(
  own: Signer | ExternalSigner,
  others: readonly (Signer | ExternalSigner)[] = [],
): Signers {
  const all = [own, ...others];
  const keys = all.flatMap((one) => (isExternal(one) ? [] : [one]));
  const elsewhere = all.filter(isExternal);
  return {
    get own() {
      return own.address;
    },
    get: (address) => keys.find((signer) => signer.address === address) ?? null,
    external: (address) => elsewhere.find((signer) => signer.address === address) ?? null,
  };
}
