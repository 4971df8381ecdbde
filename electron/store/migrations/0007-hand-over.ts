/** Version 7: the hand-over of generated wallets, and their passphrases until then: sealed, the key in the keychain. */
import type { Migration } from '../migrations.ts';

const facts = `
CREATE TABLE handOver (
  recoveryId TEXT NOT NULL REFERENCES recovery (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  what TEXT NOT NULL CHECK (what IN ('keystore', 'passphrase', 'recipient', 'sealed', 'done', 'cleared',
    'sign_in_released')),
  operatorId TEXT NOT NULL,
  operator TEXT NOT NULL,
  recipient TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (recoveryId, position),
  CHECK ((recipient IS NOT NULL) = (what IN ('recipient', 'sealed')))
) STRICT;
`;

const kept = `
-- Null for wallets that were made before it was kept.
ALTER TABLE generatedWallet ADD COLUMN keystoreDigest TEXT;
CREATE TABLE keptPassphrase (
  address TEXT PRIMARY KEY REFERENCES generatedWallet (address),
  sealed TEXT NOT NULL
) STRICT;
`;

export const handOver: Migration = { number: 7, name: 'hand-over', sql: facts + kept };
