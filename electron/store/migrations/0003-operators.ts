/** Version 3: operators with their vault records and wrong attempts, and the recovery codes of those with one-time codes. */
import type { Migration } from '../migrations.ts';

const operators = `
CREATE TABLE operator (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  nameKey TEXT NOT NULL,
  signIn TEXT NOT NULL,
  credential TEXT NOT NULL,
  wrapping TEXT CHECK (wrapping IN ('keychain', 'passphrase')),
  keystore TEXT,
  box TEXT,
  totpStep INTEGER CHECK (totpStep >= 0),
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  countedAt TEXT,
  notBefore TEXT,
  attemptOpen INTEGER NOT NULL DEFAULT 0 CHECK (attemptOpen IN (0, 1)),
  createdAt TEXT NOT NULL,
  removedAt TEXT,
  CHECK ((wrapping IS NULL) = (box IS NULL)),
  CHECK (keystore IS NULL OR box IS NOT NULL),
  CHECK ((countedAt IS NULL) = (notBefore IS NULL)),
  CHECK (failures > 0 OR (countedAt IS NULL AND attemptOpen = 0))
) STRICT;
-- The name of one who was removed is free again.
CREATE UNIQUE INDEX oneOperatorPerName ON operator (nameKey) WHERE removedAt IS NULL;
`;

const recoveryCodes = `
CREATE TABLE operatorRecoveryCode (
  operatorId TEXT NOT NULL REFERENCES operator (id),
  hash TEXT NOT NULL,
  salt TEXT NOT NULL,
  usedAt TEXT,
  PRIMARY KEY (operatorId, hash)
) STRICT;
`;

export const operatorRecords: Migration = { number: 3, name: 'operators', sql: operators + recoveryCodes };
