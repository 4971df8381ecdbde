/** What practice accounts get in with, and whose sign-in is held. Never a credential: names and times alone. */
import { z } from 'zod';
import { WALLET_VERIFICATIONS } from '../../shared/directory.ts';
import type { AccessItem, AccessKind } from '../../shared/directory.ts';
import { integerColumn } from './columns.ts';
import type { Store } from './database.ts';

const itemSchema = z.lazy(() =>
  z.object({
    id: z.string(),
    label: z.string(),
    verification: z.enum(WALLET_VERIFICATIONS).nullable(),
    createdAt: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
  }),
);
export type AccessRow = z.output<typeof itemSchema>;

export interface AccessRepository {
  /** Whether sign-ins are kept here at all: of practice accounts they are. */
  any(): boolean;
  /** What has not ended, newest first. */
  list(participantId: string, kind: AccessKind): readonly AccessRow[];
  add(
    participantId: string,
    kind: AccessKind,
    item: AccessItem & { readonly verification: AccessRow['verification'] },
  ): void;
  /** @returns how many ended by this call. */
  end(participantId: string, kind: AccessKind, at: string): number;
  isHeld(participantId: string): boolean;
  /** @returns whether that changed anything. */
  hold(participantId: string, at: string): boolean;
  release(participantId: string): boolean;
}

const countSchema = z.object({ n: integerColumn });

export function accessRepository(store: Store): AccessRepository {
  return {
    any: () => store.row(countSchema, 'SELECT EXISTS (SELECT 1 FROM participantAccess) AS n')?.n === 1,
    list: (participantId, kind) =>
      store.rows(
        itemSchema,
        `SELECT item AS id, label, verification, createdAt, lastUsedAt FROM participantAccess
         WHERE participantId = :participantId AND capability = :kind AND endedAt IS NULL
         ORDER BY coalesce(lastUsedAt, createdAt) DESC, item LIMIT 1000`,
        { participantId, kind },
      ),
    add(participantId, kind, { id, label, verification, createdAt, lastUsedAt }) {
      store.run(
        `INSERT INTO participantAccess (participantId, capability, item, label, verification, createdAt, lastUsedAt)
         VALUES (:participantId, :kind, :id, :label, :verification, :createdAt, :lastUsedAt)`,
        { participantId, kind, id, label, verification, createdAt, lastUsedAt },
      );
    },
    end: (participantId, kind, at) =>
      store.run(
        `UPDATE participantAccess SET endedAt = :at
         WHERE participantId = :participantId AND capability = :kind AND endedAt IS NULL`,
        { participantId, kind, at },
      ).changes,
    isHeld: (participantId) =>
      store.row(
        countSchema,
        'SELECT EXISTS (SELECT 1 FROM participantHold WHERE participantId = :participantId) AS n',
        { participantId },
      )?.n === 1,
    hold: (participantId, at) =>
      store.run(
        'INSERT INTO participantHold (participantId, heldAt) VALUES (:participantId, :at) ON CONFLICT DO NOTHING',
        {
          participantId,
          at,
        },
      ).changes === 1,
    release: (participantId) =>
      store.run('DELETE FROM participantHold WHERE participantId = :participantId', { participantId })
        .changes === 1,
  };
}
