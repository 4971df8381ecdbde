/** What whoever is signed in may ask of main, as far as the desk knows it. */
import type { Address } from '../../shared/address.ts';
import { asDeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import type { Records } from '../records.ts';
import type { Rights } from '../ipc/needs.ts';
import { hasPart } from '../recovery/parts.ts';
import type { OperatorRoom } from './operator-room.ts';

export function rightsOf(room: Pick<OperatorRoom, 'current'>, records: () => Records): Rights {
  const own = (): Address | null => room.current()?.address ?? null;
  return {
    signedIn: () => own() !== null,
    identityManager: () => room.current()?.identityManager === true,
    // The custodian right is a right per token, which the engine asks the chain for; no procedure needs it here.
    custodian: () => false,
    initiatorOf: (id) => {
      const address = own();
      return address !== null && records().journal.read(id)?.recovery.operator === address;
    },
    partyOf: (id) => {
      const address = own();
      const row = records().journal.read(id)?.recovery;
      if (address === null || row === undefined) return false;
      return row.operator === address || hasPartOf(records(), row.planDigest, address);
    },
  };
}

/** Of a plan that was altered nothing is believed, and so whoever asks is told that, by what would carry it out. */
function hasPartOf({ plans }: Pick<Records, 'plans'>, digest: Hex, address: Address): boolean {
  try {
    const plan = plans.get(digest);
    return plan !== null && hasPart(plan, address);
  } catch (thrown) {
    if (asDeskError(thrown).code === 'PLAN_ALTERED') return true;
    throw thrown;
  }
}
