/** Whether what a person typed confirms a plan, and who has to confirm it before their key signs anything of it. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { RecoverySnapshot } from '../../shared/journal.ts';
import { confirmationText, confirms } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { EngineContext } from './engine-context.ts';
import { hasPart } from './parts.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';

/** @throws DeskError CONFIRMATION_WRONG */
export function assertConfirmed(plan: Plan, typed: string): void {
  if (confirms(plan, typed)) return;
  throw new DeskError('CONFIRMATION_WRONG', {
    message: `The text typed was not "${confirmationText(plan)}". Nothing was done.`,
    remedy: 'Check that this is the right wallet, then type the text as it is shown.',
    retry: 'safe',
  });
}

function differs(id: string, begunBy: Address, own: Address): DeskError {
  return new DeskError('OPERATOR_DIFFERS', {
    message: `Recovery ${id} was begun by ${begunBy}, and this is the key of ${own}, which signs nothing of it. Nothing was done.`,
    remedy: `Resume with the keystore of ${begunBy}.`,
    retry: 'never',
  });
}

/**
 * Records that one who signs a part of a recovery's plan confirmed it. Before that their key signs nothing of it.
 * @throws DeskError RECOVERY_UNKNOWN, OPERATOR_DIFFERS, CONFIRMATION_WRONG, PLAN_ALTERED.
 */
export function confirmPart(
  { journal, plans }: Pick<EngineContext, 'journal' | 'plans'>,
  id: string,
  { operator, typed }: { readonly operator: Address; readonly typed: string },
): void {
  const snapshot = journal.read(id);
  const plan = snapshot === null ? null : plans.get(snapshot.recovery.planDigest);
  if (snapshot === null || plan === null) throw recoveryUnknown(id);
  if (!hasPart(plan, operator)) throw differs(id, snapshot.recovery.operator, operator);
  assertConfirmed(plan, typed);
  journal.confirm(id, operator);
}

/**
 * Whether somebody may go on with a recovery: who began it, and whoever signs a part of it and confirmed that.
 * @throws DeskError OPERATOR_DIFFERS, CONFIRMATION_MISSING.
 */
export function assertMayGoOn(
  {
    recovery,
    confirmedBy,
  }: Pick<RecoverySnapshot, 'confirmedBy'> & {
    readonly recovery: Pick<RecoverySnapshot['recovery'], 'id' | 'operator'>;
  },
  plan: Plan,
  own: Address,
): void {
  if (own === recovery.operator) return;
  if (!hasPart(plan, own)) throw differs(recovery.id, recovery.operator, own);
  if (confirmedBy.includes(own)) return;
  throw new DeskError('CONFIRMATION_MISSING', {
    message: `${own} signs a part of recovery ${recovery.id} and has not confirmed its plan. Nothing was done.`,
    remedy: `Look at the plan, then confirm the own part with "${confirmationText(plan)}": in the window at the recovery, signed in as ${own}; in the terminal when it asks after: resume ${recovery.id}`,
    retry: 'safe',
  });
}
