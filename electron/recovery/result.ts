/** The result document (DESIGN 6), read from journal, plan and preview alone. */
import type { Address } from '../../shared/address.ts';
import type { RecoverySnapshot, StepRow } from '../../shared/journal.ts';
import type { RecoveryResult, TokenFailure } from '../../shared/outcome.ts';
import { TOKEN_FAILURE_REASONS } from '../../shared/phases.ts';
import type { TokenFailureReason } from '../../shared/phases.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import { goesHoldersWay } from '../../shared/holders-way.ts';
import { stepsNow } from './engine-context.ts';
import { symbolsOf } from './follow-up-input.ts';
import { followUps } from './follow-ups.ts';
import { waitsFor } from './parts.ts';
import { phaseReports } from './phase-reports.ts';

function tokenReason(row: StepRow): TokenFailureReason {
  return TOKEN_FAILURE_REASONS.find((reason) => reason === row.reason) ?? 'UNKNOWN';
}

function tokenRow(
  plan: Plan,
  steps: ReadonlyMap<string, StepRow>,
  lost: Address,
  token: Address,
): StepRow | undefined {
  const step = plan.steps.find(
    (other) => other.role === 'token' && other.wallet === lost && other.token === token,
  );
  return step === undefined ? undefined : steps.get(step.name);
}

type Healthy = NonNullable<RecoveryResult['healthy']>;

const OUTCOMES: Readonly<Record<StepRow['state'], Healthy[number]['outcome']>> = {
  pending: 'open',
  running: 'open',
  done: 'moved',
  failed: 'failed',
  skipped: 'failed',
};

/** What became of the person's other wallets, with the identity that each is registered with by that. */
function healthyOf(plan: Plan, steps: ReadonlyMap<string, StepRow>): Healthy {
  return (plan.healthy ?? []).map(({ wallet, identity, moves }) => {
    const step = plan.steps.find((other) => other.role === 'move' && other.wallet === wallet);
    const row = step === undefined ? undefined : steps.get(step.name);
    const outcome = moves ? OUTCOMES[row?.state ?? 'pending'] : 'stays';
    return { wallet, identity: outcome === 'moved' ? plan.replacement.identity : identity, outcome };
  });
}

function holdersWayOf(plan: Plan): Pick<RecoveryResult['tokens'], 'holdersWay'> {
  const own = plan.steps.filter(goesHoldersWay).map(({ token }) => token);
  return own.length === 0 ? {} : { holdersWay: [...symbolsOf(plan, own)] };
}

function linkFailed(plan: Plan, steps: ReadonlyMap<string, StepRow>, lost: Address): boolean {
  const step = plan.steps.find(({ role, wallet }) => role === 'relink' && wallet === lost);
  return step !== undefined && steps.get(step.name)?.state === 'failed';
}

export function recoveryResult(snapshot: RecoverySnapshot, plan: Plan, preview: Preview): RecoveryResult {
  const { recovery, transactions, handOuts, handOver } = snapshot;
  const steps = stepsNow(snapshot);
  const wallets = walletsOf(plan);
  const tokens = wallets.flatMap(({ lostWallet, tokens: own }) =>
    own.map((token) => ({ ...token, lostWallet, row: tokenRow(plan, steps, lostWallet, token.address) })),
  );
  const failures = tokens.flatMap(({ address, symbol, lostWallet, row }): readonly TokenFailure[] => {
    if (row?.state !== 'failed') return [];
    return [
      {
        token: address,
        ...(wallets.length === 1 ? {} : { lostWallet }),
        symbol,
        reason: tokenReason(row),
        message: row.message ?? '',
        remedy: row.remedy ?? '',
      },
    ];
  });
  const { address, identity } = plan.replacement;
  const healthy = healthyOf(plan, steps);
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
    wallets: wallets.map(({ lostWallet, replacement }) => ({
      lost: lostWallet,
      replacement: replacement.address,
      identity: replacement.identity,
      ...(linkFailed(plan, steps, lostWallet) ? { linked: false as const } : {}),
    })),
    ...(healthy.length === 0 ? {} : { healthy: [...healthy] }),
    tokens: {
      total: tokens.length,
      recovered: tokens.filter(({ row }) => row?.state === 'done').length,
      failed: failures.length,
      failures,
      ...holdersWayOf(plan),
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
