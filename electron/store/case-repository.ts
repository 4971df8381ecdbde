/** Cases: why a recovery was opened, and how the person was identified. */
import { z } from 'zod';
import { canonicalText } from '../../shared/canonical.ts';
import { caseSchema } from '../../shared/case.ts';
import type { RecoveryCase } from '../../shared/case.ts';
import { jsonColumnOf } from './columns.ts';
import type { Store } from './database.ts';

export interface StoredCase {
  readonly id: string;
  readonly case: RecoveryCase;
  readonly participantId: string;
  readonly createdAt: string;
}

export interface CaseRepository {
  /** Stores a new case. An id is used once. */
  insert(id: string, recoveryCase: RecoveryCase, participantId: string, createdAt: string): void;
  get(id: string): StoredCase | null;
}

const rowSchema = z.lazy(() =>
  z.object({
    id: z.string(),
    body: jsonColumnOf(caseSchema),
    participantId: z.string(),
    createdAt: z.string(),
  }),
);

export function caseRepository(store: Store): CaseRepository {
  return {
    insert(id, recoveryCase, participantId, createdAt) {
      store.run(
        `INSERT INTO recoveryCase (id, participantId, body, createdAt)
         VALUES (:id, :participantId, :body, :createdAt)`,
        { id, participantId, body: canonicalText(caseSchema.parse(recoveryCase)), createdAt },
      );
    },
    get(id) {
      const row = store.row(rowSchema, 'SELECT * FROM recoveryCase WHERE id = :id', { id });
      if (row === null) return null;
      return { id: row.id, case: row.body, participantId: row.participantId, createdAt: row.createdAt };
    },
  };
}
