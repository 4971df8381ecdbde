/** Those who sign elsewhere: a Safe or a custody platform, of which this desk has an address and no key. */
import type { Address } from '../../shared/address.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Records } from '../records.ts';
import { hasPart } from '../recovery/parts.ts';
import type { ExternalSigner } from '../recovery/signers.ts';
import { externalAddresses } from '../store/operator-addresses.ts';

/** The calls are found in the window from the journal's word on; they are saved from there. */
export function signedElsewhere(address: Address): ExternalSigner {
  return { address, handOut: () => Promise.resolve() };
}

/** Of the others who sign a plan, those whom this desk knows to sign elsewhere. */
export function othersElsewhere(
  plan: Plan,
  own: Address,
  { operators }: Pick<Records, 'operators'>,
): readonly ExternalSigner[] {
  return externalAddresses(operators)
    .filter((address) => address !== own && hasPart(plan, address))
    .map(signedElsewhere);
}
