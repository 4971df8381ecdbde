/** What whoever is signed in may ask of main, as far as the desk knows it. */
import type { Address } from '../../shared/address.ts';
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
      const plan = records().plans.get(row.planDigest);
      return row.operator === address || (plan !== null && hasPart(plan, address));
    },
  };
}
