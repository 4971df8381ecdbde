/** The recoveries of a site, as rows; read from journal, plan and preview alone. */
import type { RecoverySummary } from '../../shared/people-views.ts';
import { hasEnded } from '../../shared/phases.ts';
import type { RecoveryRow } from '../../shared/journal.ts';
import type { Records } from '../records.ts';
import { storedResult } from '../recovery/engine.ts';

export interface History {
  /** Newest first. */
  list(): RecoverySummary[];
  of(participantId: string): RecoverySummary[];
}

function summaryOf(records: Records, row: RecoveryRow, name: string | null): RecoverySummary | null {
  const stored = storedResult(records, row.id);
  const preview = records.previews.get(row.previewDigest);
  if (stored === null || preview === null) return null;
  const { tokens, wallets } = stored.result;
  const further = wallets.map(({ lost }) => lost).filter((wallet) => wallet !== row.lostWallet);
  return {
    id: row.id,
    participantId: row.participantId,
    name: name ?? preview.participant.name,
    network: preview.network.name,
    chainId: row.chainId,
    practice: preview.network.practice,
    lostWallet: row.lostWallet,
    ...(further.length === 0 ? {} : { further }),
    operator: row.operator,
    status: row.status,
    recovered: tokens.recovered,
    total: tokens.total,
    failed: tokens.failed,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
}

/** @param nameOf what the people's file calls a participant now; null where it does not know them. */
export function historyOf(records: Records, nameOf: (participantId: string) => string | null): History {
  // What has ended does not change but by a retry, which changes when it finished.
  const ended = new Map<string, RecoverySummary>();
  const summary = (row: RecoveryRow): RecoverySummary | null => {
    const key = `${row.id} ${row.finishedAt ?? ''}`;
    const known = ended.get(key);
    if (known !== undefined) return known;
    const made = summaryOf(records, row, nameOf(row.participantId));
    if (made !== null && hasEnded(row.status)) ended.set(key, made);
    return made;
  };
  const list = (): RecoverySummary[] => records.journal.list().flatMap((row) => summary(row) ?? []);
  return {
    list,
    of: (participantId) => list().filter((row) => row.participantId === participantId),
  };
}
