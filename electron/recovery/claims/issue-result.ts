/** What an issue of claims came to, read from journal and plan alone. */
import { z } from 'zod';
import type { ClaimIssue } from '../../../shared/claims.ts';
import type { RecoverySnapshot, StepRow } from '../../../shared/journal.ts';
import type { Plan } from '../../../shared/plan.ts';
import { recoveryUnknown } from '../../../shared/recovery-unknown.ts';
import { stepsNow } from '../engine-context.ts';
import type { ClaimRecords } from './of-recovery.ts';

const foundSchema = z.object({ before: z.literal(true) });

function stateOf(row: StepRow | undefined): ClaimIssue['claims'][number]['state'] {
  if (row?.state === 'done') return foundSchema.safeParse(row.outcome).success ? 'stood_before' : 'issued';
  return row?.state === 'failed' ? 'failed' : 'open';
}

function resultOf({ recovery, ...snapshot }: RecoverySnapshot, plan: Plan): ClaimIssue {
  const rows = stepsNow(snapshot);
  const { claims } = plan;
  if (claims === undefined) throw recoveryUnknown(recovery.id);
  return {
    id: recovery.id,
    recoveryId: claims.recoveryId,
    status: recovery.status,
    ...(recovery.statusReason === null ? {} : { reason: recovery.statusReason }),
    operator: recovery.operator,
    chainId: recovery.chainId,
    identity: plan.replacement.identity,
    createdAt: recovery.createdAt,
    claims: claims.issue.map(({ step, topic, topicName, issuer }) => {
      const row = rows.get(step);
      const state = stateOf(row);
      const why = state === 'failed' ? { message: row?.message ?? '', remedy: row?.remedy ?? '' } : {};
      return { topic, topicName, issuer, state, ...why };
    }),
    transactions: snapshot.transactions.flatMap((row) =>
      row.hash === null ? [] : [{ step: row.step, hash: row.hash, status: row.state }],
    ),
    planDigest: recovery.planDigest,
  };
}

/** @throws DeskError RECOVERY_UNKNOWN, PLAN_ALTERED. */
export function issueResult({ journal, plans }: ClaimRecords, id: string): ClaimIssue {
  const snapshot = journal.read(id);
  const plan = snapshot === null ? null : plans.get(snapshot.recovery.planDigest);
  if (snapshot === null || plan === null) throw recoveryUnknown(id);
  return resultOf(snapshot, plan);
}

/** Newest first. */
export function issuesOf(records: ClaimRecords, recoveryId: string): readonly ClaimIssue[] {
  return records.journal
    .issues()
    .filter(({ claimsOf }) => claimsOf === recoveryId)
    .map(({ id }) => issueResult(records, id));
}
