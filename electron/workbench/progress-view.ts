/** A running recovery as the window shows it: from the journal, with what is happening right now. */
import type { Address } from '../../shared/address.ts';
import type { RecoverySnapshot, StatusReason, StepRow } from '../../shared/journal.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { ProgressView, RecoveryPart } from '../../shared/wizard.ts';
import { externalAddresses, operatorNames } from '../store/operator-addresses.ts';
import type { Records } from '../records.ts';
import { isEnded, stepsNow } from '../recovery/engine-context.ts';
import { partsOf, waitsFor } from '../recovery/parts.ts';
import { phaseReports } from '../recovery/phase-reports.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';

/** What the journal does not hold. */
export interface Live {
  readonly working: boolean;
  /** A sentence. */
  readonly now: string;
  /** Why the last try came to nothing before it was recorded; null where it did not. */
  readonly fault: StatusReason | null;
}

const TOKEN_STATES: Readonly<Record<StepRow['state'], ProgressView['tokens'][number]['state']>> = {
  pending: 'pending',
  running: 'running',
  done: 'recovered',
  failed: 'failed',
  skipped: 'skipped',
};

function tokensOf(plan: Plan, steps: ReadonlyMap<string, StepRow>): ProgressView['tokens'] {
  const key = (wallet: Address, token: Address | null): string => `${wallet} ${token ?? ''}`;
  const names = new Map(
    plan.steps.flatMap(({ role, wallet, token, name }) =>
      role === 'token' ? [[key(wallet, token), name] as const] : [],
    ),
  );
  return walletsOf(plan).flatMap(({ lostWallet, tokens }) =>
    tokens.map(({ address, symbol }) => {
      const row = steps.get(names.get(key(lostWallet, address)) ?? '');
      // A token without a step was recovered before, by the recovery that this one goes on with.
      const state = row === undefined ? 'recovered' : TOKEN_STATES[row.state];
      return { lostWallet, token: address, symbol, state, message: row?.message ?? null };
    }),
  );
}

/** Who signs what; names are those of operators of this desk. */
function partViews(records: Records, snapshot: RecoverySnapshot, plan: Plan): RecoveryPart[] {
  const names = operatorNames(records.operators);
  const rows = stepsNow(snapshot);
  const external = externalAddresses(records.operators);
  const waited = new Set(waitsFor(snapshot, plan).map(({ address }) => address));
  const own = snapshot.recovery.operator;
  return partsOf(plan)
    .map(({ signer, steps }) => ({
      address: signer,
      name: names.get(signer) ?? null,
      rights: [...new Set(steps.map((step) => step.right))],
      steps: steps.length,
      left: steps.filter((step) => {
        const row = rows.get(step.name);
        return row !== undefined && !isEnded(row);
      }).length,
      confirmed: snapshot.confirmedBy.includes(signer),
      external: external.includes(signer),
      waitedFor: waited.has(signer),
    }))
    .toSorted((one, other) => Number(other.address === own) - Number(one.address === own));
}

/** @throws DeskError RECOVERY_UNKNOWN, PLAN_ALTERED. */
export function progressView(records: Records, id: string, live: Live): ProgressView {
  const snapshot = records.journal.read(id);
  if (snapshot === null) throw recoveryUnknown(id);
  const { recovery, transactions } = snapshot;
  const plan = records.plans.get(recovery.planDigest);
  const preview = records.previews.get(recovery.previewDigest);
  if (plan === null || preview === null) throw new Error(`recovery ${id} lacks its plan or preview`);
  const phases = phaseReports(snapshot, plan);
  const count = (...states: readonly string[]): number =>
    transactions.filter((row) => states.includes(row.state)).length;
  return {
    recoveryId: id,
    status: recovery.status,
    working: live.working,
    subject: preview.participant.name ?? preview.participant.id,
    wallets: walletsOf(plan).map(({ lostWallet, replacement }) => ({
      lost: lostWallet,
      replacement: replacement.address,
    })),
    operator: recovery.operator,
    planDigest: recovery.planDigest,
    parts: partViews(records, snapshot, plan),
    practice: preview.network.practice,
    noReturn: recovery.noReturnAt !== null,
    phases: [...phases],
    phase: phases.find((phase) => phase.status === 'running')?.name ?? null,
    tokens: tokensOf(plan, stepsNow(snapshot)),
    now: live.now,
    startedAt: recovery.createdAt,
    // A fault is later than anything that is recorded.
    reason: live.fault ?? recovery.statusReason,
    transactions: {
      sent: count('sent', 'mined', 'final'),
      mined: count('mined', 'final'),
      final: count('final'),
    },
  };
}
