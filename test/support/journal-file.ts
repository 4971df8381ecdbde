/** Reads the journal of a data folder as the plain SQLite file that it is. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

const transactionSchema = z.object({
  step: z.string(),
  signer: z.string(),
  attempt: z.int(),
  bump: z.int(),
  purpose: z.string(),
  nonce: z.int(),
  unsigned: z.string(),
  /** Wei that it may cost at the most, and that it did cost once it was mined. */
  costCap: z.string(),
  costPaid: z.string().nullable(),
  raw: z.string().nullable(),
  hash: z.string().nullable(),
  state: z.string(),
});

const stepSchema = z.object({
  name: z.string(),
  attempt: z.int(),
  phase: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
});

const recoverySchema = z.object({
  id: z.string(),
  status: z.string(),
  planDigest: z.string(),
  noReturnAt: z.string().nullable(),
});

const confirmationSchema = z.object({ operator: z.string() });

export interface JournalFile {
  readonly recovery: z.output<typeof recoverySchema>;
  readonly steps: readonly z.output<typeof stepSchema>[];
  readonly transactions: readonly z.output<typeof transactionSchema>[];
  /** Addresses of those who confirmed the plan. */
  readonly confirmedBy: readonly string[];
}

/** The newest recovery of the folder. */
export function readJournalFile(data: string): JournalFile {
  const database = new Database(path.join(data, 'desk.sqlite'), { readonly: true });
  try {
    const recovery = recoverySchema.parse(
      database.prepare('SELECT * FROM recovery ORDER BY position DESC LIMIT 1').get(),
    );
    const all = (table: string, order: string): unknown[] =>
      database.prepare(`SELECT * FROM ${table} WHERE recoveryId = ? ORDER BY ${order}`).all(recovery.id);
    return {
      recovery,
      steps: all('step', 'position, attempt').map((row) => stepSchema.parse(row)),
      transactions: all('chainTransaction', 'id').map((row) => transactionSchema.parse(row)),
      confirmedBy: database
        .prepare('SELECT operator FROM confirmation WHERE planDigest = ?')
        .all(recovery.planDigest)
        .map((row) => confirmationSchema.parse(row).operator),
    };
  } finally {
    database.close();
  }
}

const auditSchema = z.object({ kind: z.string(), fields: z.string() });

/** The audit log of the folder, oldest first. */
export function readAuditFile(data: string): readonly z.output<typeof auditSchema>[] {
  const database = new Database(path.join(data, 'desk.sqlite'), { readonly: true });
  try {
    return database
      .prepare('SELECT kind, fields FROM audit ORDER BY seq')
      .all()
      .map((row) => auditSchema.parse(row));
  } finally {
    database.close();
  }
}
