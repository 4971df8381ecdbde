/** Version 1: cases, previews, plans, challenges, wallets, the journal, scan memory and the audit log. */
import type { Migration } from '../migrations.ts';

const records = `
CREATE TABLE recoveryCase (
  id TEXT PRIMARY KEY,
  participantId TEXT NOT NULL,
  body TEXT NOT NULL,
  createdAt TEXT NOT NULL
) STRICT;

CREATE TABLE preview (
  digest TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE plan (
  digest TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE challenge (
  id INTEGER PRIMARY KEY,
  participantId TEXT NOT NULL,
  lostWallet TEXT NOT NULL,
  replacement TEXT NOT NULL,
  chainId INTEGER NOT NULL,
  expiry INTEGER NOT NULL,
  createdAt TEXT NOT NULL
) STRICT;
CREATE INDEX challengeByWallets ON challenge (chainId, lostWallet, replacement);

CREATE TABLE generatedWallet (
  address TEXT PRIMARY KEY,
  keystoreFile TEXT NOT NULL UNIQUE,
  planDigest TEXT,
  createdAt TEXT NOT NULL
) STRICT;

CREATE TABLE scanMemory (
  key TEXT PRIMARY KEY,
  scannedTo INTEGER NOT NULL,
  scannedHash TEXT NOT NULL,
  logs TEXT NOT NULL
) STRICT;
`;

const journal = `
CREATE TABLE recovery (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  caseId TEXT NOT NULL REFERENCES recoveryCase (id),
  participantId TEXT NOT NULL,
  chainId INTEGER NOT NULL,
  lostWallet TEXT NOT NULL,
  planDigest TEXT NOT NULL UNIQUE REFERENCES plan (digest),
  previewDigest TEXT NOT NULL REFERENCES preview (digest),
  flowVersion INTEGER NOT NULL,
  operator TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'waiting', 'stopped', 'cancelled', 'failed', 'completed',
    'completed_with_token_failures')),
  statusReason TEXT,
  noReturnAt TEXT,
  profile TEXT NOT NULL,
  createdAt TEXT NOT NULL,
  finishedAt TEXT,
  CHECK ((finishedAt IS NULL) = (status IN ('running', 'waiting', 'stopped')))
) STRICT;
CREATE UNIQUE INDEX oneOpenPerParticipant ON recovery (chainId, participantId)
  WHERE status IN ('running', 'waiting', 'stopped');
CREATE UNIQUE INDEX oneOpenPerLostWallet ON recovery (chainId, lostWallet)
  WHERE status IN ('running', 'waiting', 'stopped');

CREATE TABLE step (
  recoveryId TEXT NOT NULL REFERENCES recovery (id),
  name TEXT NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  position INTEGER NOT NULL,
  phase TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'done', 'failed', 'skipped')),
  baseline TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT,
  message TEXT,
  remedy TEXT,
  startedAt TEXT,
  finishedAt TEXT,
  PRIMARY KEY (recoveryId, name, attempt),
  UNIQUE (recoveryId, position, attempt)
) STRICT;

CREATE TABLE chainTransaction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recoveryId TEXT NOT NULL,
  step TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  bump INTEGER NOT NULL CHECK (bump >= 0),
  purpose TEXT NOT NULL CHECK (purpose IN ('call', 'fill')),
  signer TEXT NOT NULL,
  chainId INTEGER NOT NULL,
  nonce INTEGER NOT NULL CHECK (nonce >= 0),
  unsigned TEXT NOT NULL,
  raw TEXT,
  hash TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('intended', 'signed', 'sent', 'mined', 'final', 'replaced', 'abandoned')),
  costCap TEXT NOT NULL,
  sentAtBlock INTEGER,
  minedBlock INTEGER,
  minedHash TEXT,
  succeeded INTEGER CHECK (succeeded IN (0, 1)),
  costPaid TEXT,
  FOREIGN KEY (recoveryId, step, attempt) REFERENCES step (recoveryId, name, attempt),
  CHECK ((raw IS NULL) = (hash IS NULL)),
  CHECK (hash IS NOT NULL OR state IN ('intended', 'replaced', 'abandoned')),
  CHECK (minedBlock IS NOT NULL OR state NOT IN ('mined', 'final'))
) STRICT;
CREATE UNIQUE INDEX oneVariantPerNonce ON chainTransaction (chainId, signer, nonce, bump, purpose)
  WHERE state <> 'abandoned';
CREATE UNIQUE INDEX oneFinalPerNonce ON chainTransaction (chainId, signer, nonce) WHERE state = 'final';
CREATE INDEX transactionByStep ON chainTransaction (recoveryId, step, attempt);
`;

const audit = `
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  fields TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER auditNoUpdate BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER auditNoDelete BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- INSERT OR REPLACE would delete without firing the trigger above.
CREATE TRIGGER auditNoReplace BEFORE INSERT ON audit
  WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM audit) OR EXISTS (SELECT 1 FROM audit WHERE hash = NEW.hash)
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
`;

export const foundation: Migration = { number: 1, name: 'foundation', sql: records + journal + audit };
