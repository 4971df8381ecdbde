/** Version 6: issues of claims, kept as recoveries are; of each kind one may be open for a participant or lost wallet. */
import type { Migration } from '../migrations.ts';

const sql = `
ALTER TABLE recovery ADD COLUMN claimsOf TEXT REFERENCES recovery (id);
DROP INDEX oneOpenPerParticipant;
DROP INDEX oneOpenPerLostWallet;
CREATE UNIQUE INDEX oneOpenPerParticipant ON recovery (chainId, participantId, (claimsOf IS NULL))
  WHERE status IN ('running', 'waiting', 'stopped');
CREATE UNIQUE INDEX oneOpenPerLostWallet ON recovery (chainId, lostWallet, (claimsOf IS NULL))
  WHERE status IN ('running', 'waiting', 'stopped');
`;

export const claims: Migration = { number: 6, name: 'claims', sql };
