/** Whether what a person typed confirms a plan. */
import { DeskError } from '../../shared/errors.ts';
import { confirmationText, confirms } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';

/** @throws DeskError CONFIRMATION_WRONG */
export function assertConfirmed(plan: Plan, typed: string): void {
  if (confirms(plan, typed)) return;
  throw new DeskError('CONFIRMATION_WRONG', {
    message: `The text typed was not "${confirmationText(plan)}". Nothing was done.`,
    remedy: 'Check that this is the right wallet, then type the text as it is shown.',
    retry: 'safe',
  });
}
