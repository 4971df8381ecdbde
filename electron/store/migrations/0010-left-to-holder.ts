/** Version 10: what a wallet has not recovered itself may be left to its holder, so that it can be handed over. */
import type { Migration } from '../migrations.ts';

const sql = `
CREATE TABLE handOverWithLeft (
  recoveryId TEXT NOT NULL REFERENCES recovery (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  wallet TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('keystore', 'passphrase', 'recipient', 'sealed', 'left_to_holder', 'done',
    'cleared', 'sign_in_released')),
  operatorId TEXT NOT NULL,
  operator TEXT NOT NULL,
  recipient TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (recoveryId, position),
  CHECK ((recipient IS NOT NULL) = (what IN ('recipient', 'sealed')))
) STRICT;
INSERT INTO handOverWithLeft (recoveryId, position, wallet, what, operatorId, operator, recipient, at)
  SELECT recoveryId, position, wallet, what, operatorId, operator, recipient, at FROM handOver;
DROP TABLE handOver;
ALTER TABLE handOverWithLeft RENAME TO handOver;
`;

export const leftToHolder: Migration = { number: 10, name: 'left-to-holder', sql };
