/**
 * Version 5: the local participant directory. People lie in listings, of which one counts: an import writes a new one
 * beside it, bit by bit, and is done by naming that one instead.
 */
import type { Migration } from '../migrations.ts';

const people = `
CREATE TABLE participantListing (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  listing INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
INSERT INTO participantListing (only, listing, revision) VALUES (1, 1, 0);

CREATE TABLE participant (
  number INTEGER PRIMARY KEY,
  listing INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT,
  UNIQUE (listing, id)
) STRICT;

CREATE TABLE participantWallet (
  listing INTEGER NOT NULL,
  address TEXT NOT NULL,
  participant INTEGER NOT NULL REFERENCES participant (number) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  effective INTEGER NOT NULL CHECK (effective IN (0, 1)),
  lost INTEGER NOT NULL CHECK (lost IN (0, 1)),
  PRIMARY KEY (listing, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX walletOfParticipant ON participantWallet (participant, position);
CREATE UNIQUE INDEX oneEffectiveWallet ON participantWallet (participant) WHERE effective = 1;

-- By number of the participant: name, id and wallets in small letters.
CREATE VIRTUAL TABLE participantText USING fts5 (text, tokenize = 'trigram');
`;

const access = `
-- Of practice accounts: what a person gets in with. It outlives listings.
CREATE TABLE participantAccess (
  participantId TEXT NOT NULL,
  capability TEXT NOT NULL CHECK (capability IN ('sessions', 'second_factors', 'passkeys', 'api_keys',
    'wallet_verifications')),
  item TEXT NOT NULL,
  label TEXT NOT NULL,
  verification TEXT CHECK (verification IN ('pin', 'otp', 'secret_codes')),
  createdAt TEXT,
  lastUsedAt TEXT,
  endedAt TEXT,
  PRIMARY KEY (participantId, capability, item),
  CHECK ((verification IS NOT NULL) = (capability = 'wallet_verifications'))
) STRICT, WITHOUT ROWID;

CREATE TABLE participantHold (
  participantId TEXT PRIMARY KEY,
  heldAt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

export const participants: Migration = { number: 5, name: 'participants', sql: people + access };
