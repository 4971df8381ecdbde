/** What reading claims works with: the chain that is connected, and the records of it. */
import type { ReadContext } from '../recovery/needs.ts';
import type { ClaimRecords } from '../recovery/claims/of-recovery.ts';
import type { Site } from './site.ts';

export function claimsContext({
  connection,
  records: { journal, plans, previews },
}: Site): ReadContext & ClaimRecords {
  return { ...connection.context, journal, plans, previews };
}
