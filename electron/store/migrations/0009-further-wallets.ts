/** Version 9: the further lost wallets of a recovery; of each wallet one recovery may be open. */
import type { Migration } from '../migrations.ts';

const sql = `
CREATE TABLE furtherWallet (
  recoveryId TEXT NOT NULL REFERENCES recovery (id),
  wallet TEXT NOT NULL,
  PRIMARY KEY (recoveryId, wallet)
) WITHOUT ROWID;
CREATE INDEX furtherByWallet ON furtherWallet (wallet);
`;

export const furtherWallets: Migration = { number: 9, name: 'further-wallets', sql };
