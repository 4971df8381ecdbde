/** Version 4: who confirmed a plan, and which calls were handed out to be signed and sent elsewhere. */
import type { Migration } from '../migrations.ts';

const confirmation = `
CREATE TABLE confirmation (
  planDigest TEXT NOT NULL REFERENCES plan (digest),
  operator TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (planDigest, operator)
) STRICT;
-- Whoever began a recovery had confirmed its plan.
INSERT INTO confirmation (planDigest, operator, at) SELECT planDigest, operator, createdAt FROM recovery;
`;

const handOut = `
CREATE TABLE handOut (
  recoveryId TEXT NOT NULL,
  step TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  signer TEXT NOT NULL,
  batch INTEGER NOT NULL CHECK (batch >= 1),
  position INTEGER NOT NULL CHECK (position >= 0),
  at TEXT NOT NULL,
  PRIMARY KEY (recoveryId, step, attempt),
  UNIQUE (recoveryId, batch, position),
  FOREIGN KEY (recoveryId, step, attempt) REFERENCES step (recoveryId, name, attempt)
) STRICT;
`;

export const parts: Migration = { number: 4, name: 'parts', sql: confirmation + handOut };
