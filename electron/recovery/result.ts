/** The result document (DESIGN 6), read from journal, plan and preview alone. */
import type { RecoverySnapshot, StepRow } from '../../shared/journal.ts';
import type { RecoveryResult, TokenFailure } from '../../shared/outcome.ts';
import { TOKEN_FAILURE_REASONS } from '../../shared/phases.ts';
import type { TokenFailureReason } from '../../shared/phases.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import { stepsNow } from './engine-context.ts';
import { followUps } from './follow-ups.ts';
import { waitsFor } from './parts.ts';
import { phaseReports } from './phase-reports.ts';

function tokenReason(row: StepRow): TokenFailureReason {
  return TOKEN_FAILURE_REASONS.find((reason) => reason === row.reason) ?? 'UNKNOWN';
}

export function recoveryResult(snapshot: RecoverySnapshot, plan: Plan, preview: Preview): RecoveryResult {
  const { recovery, transactions, handOuts, handOver } = snapshot;
  const steps = stepsNow(snapshot);
  const tokenSteps = plan.steps.filter((step) => step.role === 'token');
  const rowOf = (token: string): StepRow | undefined =>
    steps.get(tokenSteps.find((step) => step.token === token)?.name ?? '');
  const failures = plan.tokens.flatMap((token): readonly TokenFailure[] => {
    const row = rowOf(token.address);
    if (row?.state !== 'failed') return [];
    return [
      {
        token: token.address,
        symbol: token.symbol,
        reason: tokenReason(row),
        message: row.message ?? '',
        remedy: row.remedy ?? '',
      },
    ];
  });
  const { address, identity } = plan.replacement;
  const waited = waitsFor(snapshot, plan);
  return {
    status: recovery.status,
    ...(recovery.statusReason === null ? {} : { reason: recovery.statusReason }),
    ...(waited.length === 0 ? {} : { waitsFor: [...waited] }),
    recoveryId: recovery.id,
    protocol: plan.network.protocol,
    chainId: plan.network.chainId,
    practice: preview.network.practice,
    lostWallet: plan.lostWallet,
    replacementWallet: address,
    replacementIdentity: identity,
    wallets: [{ lost: plan.lostWallet, replacement: address, identity }],
    tokens: {
      total: plan.tokens.length,
      recovered: plan.tokens.filter((token) => rowOf(token.address)?.state === 'done').length,
      failed: failures.length,
      failures,
    },
    phases: [...phaseReports(snapshot, plan)],
    followUps: [
      ...followUps({
        status: recovery.status,
        plan,
        preview,
        failures,
        steps,
        transactions,
        handOuts,
        handOver,
      }),
    ],
    transactions: transactions.flatMap((row) =>
      row.hash === null ? [] : [{ step: row.step, hash: row.hash, status: row.state }],
    ),
    planDigest: recovery.planDigest,
    previewDigest: recovery.previewDigest,
  };
}
