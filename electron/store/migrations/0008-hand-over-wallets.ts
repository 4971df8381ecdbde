/** Version 8: each wallet of a recovery is handed over by itself, so that every fact of a hand-over names its wallet. */
import type { Migration } from '../migrations.ts';

/**
 * Until now a plan had one replacement. Of one that names none any more, for it was altered, the facts stay, under an address that is
 * nobody's: nothing is read from such a plan but that it was altered.
 */
const walletOfPlan = `
coalesce(CASE WHEN json_valid(plan.body) THEN json_extract(plan.body, '$.replacement.address') END,
  '0x0000000000000000000000000000000000000000')
`;

const sql = `
CREATE TABLE handOverOfWallet (
  recoveryId TEXT NOT NULL REFERENCES recovery (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  wallet TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('keystore', 'passphrase', 'recipient', 'sealed', 'done', 'cleared',
    'sign_in_released')),
  operatorId TEXT NOT NULL,
  operator TEXT NOT NULL,
  recipient TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (recoveryId, position),
  CHECK ((recipient IS NOT NULL) = (what IN ('recipient', 'sealed')))
) STRICT;
INSERT INTO handOverOfWallet (recoveryId, position, wallet, what, operatorId, operator, recipient, at)
  SELECT handOver.recoveryId, handOver.position, ${walletOfPlan}, handOver.what, handOver.operatorId,
    handOver.operator, handOver.recipient, handOver.at
  FROM handOver
  JOIN recovery ON recovery.id = handOver.recoveryId
  JOIN plan ON plan.digest = recovery.planDigest;
DROP TABLE handOver;
ALTER TABLE handOverOfWallet RENAME TO handOver;
`;

export const handOverWallets: Migration = { number: 8, name: 'hand-over-wallets', sql };
