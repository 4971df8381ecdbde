/**
 * The database's versions, oldest first. Append only: a migration that was ever released is never edited, moved or
 * removed. `PRAGMA user_version` holds the number of the last one that ran.
 */
import { foundation } from './migrations/0001-foundation.ts';
import { raisedBound } from './migrations/0002-raised-bound.ts';
import { operatorRecords } from './migrations/0003-operators.ts';
import { parts } from './migrations/0004-parts.ts';
import { participants } from './migrations/0005-participants.ts';
import { claims } from './migrations/0006-claims.ts';
import { handOver } from './migrations/0007-hand-over.ts';
import { handOverWallets } from './migrations/0008-hand-over-wallets.ts';
import { furtherWallets } from './migrations/0009-further-wallets.ts';
import { leftToHolder } from './migrations/0010-left-to-holder.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  /**
   * Statements that lead from the version before to this one; run in one transaction with the version, and with every
   * other that is due.
   */
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  foundation,
  raisedBound,
  operatorRecords,
  parts,
  participants,
  claims,
  handOver,
  handOverWallets,
  furtherWallets,
  leftToHolder,
];
