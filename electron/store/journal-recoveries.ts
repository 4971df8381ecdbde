/** The journal's part on whole recoveries: how they begin, where they stand, how they end. */
import type { Address } from '../../shared/address.ts';
import { stepNameSchema } from '../../shared/audit.ts';
import { canonicalText } from '../../shared/canonical.ts';
import { DeskError } from '../../shared/errors.ts';
import { isUnsettled } from '../../shared/journal.ts';
import type { Journal, NewRecovery, RecoveryRow } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { PlannedWallet } from '../../shared/plan.ts';
import type { RecoveryStatus } from '../../shared/phases.ts';
import type { Hex } from '../../shared/values.ts';
import type { Store } from './database.ts';
import { IllegalTransition } from './illegal-transition.ts';
import type { JournalContext } from './journal-entry.ts';
import { auditReason } from './journal-entry.ts';
import { handOverOf } from './journal-hand-over.ts';
import { confirmPlan, confirmationsOf, handOutsOf } from './journal-parts.ts';
import {
  allRecoveries,
  findRecovery,
  openRecoveryOf,
  stepsOf,
  transactionsOf,
  unendedRecovery,
} from './journal-rows.ts';
import type { OpenFor } from './journal-rows.ts';
import { planRepository } from './plan-repository.ts';
import { previewRepository } from './preview-repository.ts';

function refuseUsedPlan(store: Store, planDigest: Hex): void {
  const used = allRecoveries(store).find((row) => row.planDigest === planDigest);
  if (used === undefined) return;
  throw new DeskError('PLAN_USED', {
    message: `This plan was executed before, by recovery ${used.id} (${used.status}). Nothing was done.`,
    remedy: hasEnded(used.status)
      ? 'Make a new preview and a new plan.'
      : `Carry on with it: \`resume ${used.id}\`.`,
    retry: 'never',
  });
}

/** @throws DeskError RECOVERY_IN_PROGRESS when the participant or the lost wallet has a recovery that has not ended. */
export function refuseSecondRecovery(store: Store, of: OpenFor): void {
  const open: RecoveryRow | null = unendedRecovery(store, of);
  if (open === null) return;
  const what = of.issuesClaims ? 'The issue of claims' : 'Recovery';
  throw new DeskError('RECOVERY_IN_PROGRESS', {
    message: `${what} ${open.id} of this participant or lost wallet has not ended (${open.status}). Nothing was done.`,
    remedy: `Carry on with it: \`resume ${open.id}\`.`,
    retry: 'never',
  });
}

/** Past the point of no return nothing is undone; and what has failed there has nothing under way any more. */
function refuseUntrueEnd(store: Store, { id, noReturnAt }: RecoveryRow, status: RecoveryStatus): void {
  if (noReturnAt === null) return;
  const unsettled = transactionsOf(store, id).some((row) => isUnsettled(row.state));
  if (status === 'cancelled' || (status === 'failed' && unsettled)) {
    throw new IllegalTransition(`recovery ${id} is past its point of no return: not ${status}`);
  }
}

function refuseUnnamable(steps: NewRecovery['steps']): void {
  const names = steps.map((step) => stepNameSchema.parse(step.name));
  if (new Set(names).size !== names.length) throw new IllegalTransition('two steps have one name');
}

function insertRecovery(
  context: JournalContext,
  recovery: NewRecovery,
  planDigest: Hex,
  previewDigest: Hex,
): void {
  const { id, caseId, plan, operator, profile } = recovery;
  context.store.run(
    `INSERT INTO recovery (id, position, caseId, participantId, chainId, lostWallet, planDigest, previewDigest,
       flowVersion, operator, status, profile, claimsOf, createdAt)
     VALUES (:id, (SELECT coalesce(max(position), 0) + 1 FROM recovery), :caseId, :participantId, :chainId,
       :lostWallet, :planDigest, :previewDigest, :flowVersion, :operator, 'running', :profile, :claimsOf,
       :createdAt)`,
    {
      id,
      caseId,
      participantId: plan.participantId,
      chainId: plan.network.chainId,
      lostWallet: plan.lostWallet,
      planDigest,
      previewDigest,
      flowVersion: plan.flowVersion,
      operator,
      profile: canonicalText(profile),
      claimsOf: plan.claims?.recoveryId ?? null,
      createdAt: context.now(),
    },
  );
  for (const { lostWallet } of plan.further ?? []) {
    context.store.run('INSERT INTO furtherWallet (recoveryId, wallet) VALUES (:id, :lostWallet)', {
      id,
      lostWallet,
    });
  }
  for (const [position, { name, phase }] of recovery.steps.entries()) {
    context.store.run(
      `INSERT INTO step (recoveryId, name, attempt, position, phase, state, baseline, outcome)
       VALUES (:id, :name, 1, :position, :phase, 'pending', 'null', 'null')`,
      { id, name, position, phase },
    );
  }
}

function linkOfWallet({ lostWallet, replacement }: PlannedWallet): {
  readonly lostWallet: Address;
  readonly replacementWallet: Address;
} {
  return { lostWallet, replacementWallet: replacement.address };
}

function auditBegun(
  context: JournalContext,
  { id, caseId, plan, operator, steps }: NewRecovery,
  planDigest: Hex,
  previewDigest: Hex,
): void {
  const { replacement, lostWallet, claims } = plan;
  const begun = { recoveryId: id, chainId: plan.network.chainId, planDigest, operator };
  if (claims !== undefined) {
    context.audit({
      kind: 'claims_issue_begun',
      fields: {
        ...begun,
        claimsOf: claims.recoveryId,
        identity: replacement.identity,
        claims: claims.issue.length,
      },
    });
    return;
  }
  context.audit({
    kind: 'recovery_begun',
    fields: {
      ...begun,
      caseId,
      lostWallet,
      replacementWallet: replacement.address,
      previewDigest,
      steps: steps.length,
      ...(plan.further === undefined ? {} : { further: plan.further.map(linkOfWallet) }),
    },
  });
}

function begin(context: JournalContext, recovery: NewRecovery): void {
  const { store } = context;
  const { id, plan, preview, operator, steps } = recovery;
  if (findRecovery(store, id) !== null) throw new IllegalTransition(`recovery ${id} has begun before`);
  refuseUnnamable(steps);
  const planDigest = planRepository(store).save(plan);
  const previewDigest = previewRepository(store).save(preview);
  refuseUsedPlan(store, planDigest);
  refuseSecondRecovery(store, {
    chainId: plan.network.chainId,
    participantId: plan.participantId,
    lostWallets: walletsOf(plan).map(({ lostWallet }) => lostWallet),
    issuesClaims: plan.claims !== undefined,
  });
  insertRecovery(context, recovery, planDigest, previewDigest);
  auditBegun(context, recovery, planDigest, previewDigest);
  confirmPlan(context, planDigest, operator);
}

type RecoveryPart = Pick<Journal, 'begin' | 'read' | 'list' | 'issues' | 'open' | 'raiseBound' | 'setStatus'>;

export function recoveryPart(context: JournalContext): RecoveryPart {
  const { store } = context;
  return {
    begin: (recovery) => store.transaction(() => begin(context, recovery)),
    read: (recoveryId) =>
      store.transaction(() => {
        const recovery = findRecovery(store, recoveryId);
        if (recovery === null) return null;
        return {
          recovery,
          steps: stepsOf(store, recoveryId),
          transactions: transactionsOf(store, recoveryId),
          confirmedBy: confirmationsOf(store, recovery.planDigest),
          handOuts: handOutsOf(store, recoveryId),
          handOver: handOverOf(store, recoveryId),
        };
      }),
    list: () => allRecoveries(store).filter(({ claimsOf }) => claimsOf === null),
    issues: () => allRecoveries(store).filter(({ claimsOf }) => claimsOf !== null),
    open: (chainId, participantId, lostWallets) =>
      unendedRecovery(store, { chainId, participantId, lostWallets, issuesClaims: false }),
    raiseBound: (recoveryId, highestCost) =>
      store.transaction(() => {
        openRecoveryOf(store, recoveryId);
        store.run('UPDATE recovery SET highestCost = :highestCost WHERE id = :recoveryId', {
          recoveryId,
          highestCost,
        });
        context.audit({ kind: 'cost_bound_raised', fields: { recoveryId, highestCost } });
      }),
    setStatus: (recoveryId, status, reason) =>
      store.transaction(() => {
        const recovery = openRecoveryOf(store, recoveryId);
        refuseUntrueEnd(store, recovery, status);
        store.run(
          `UPDATE recovery SET status = :status, statusReason = :reason, finishedAt = :finishedAt WHERE id = :recoveryId`,
          {
            recoveryId,
            status,
            reason: reason === null ? null : canonicalText(reason),
            finishedAt: hasEnded(status) ? context.now() : null,
          },
        );
        context.audit({
          kind: 'recovery_status',
          fields: { recoveryId, status, reason: auditReason(reason?.code) },
        });
      }),
  };
}
