/** Confirming one's own part of a recovery that somebody else began, and doing it. */
import { confirms } from '../../shared/plan.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import type { ConfirmView } from '../../shared/entry-view.ts';
import type { Hex } from '../../shared/values.ts';
import type { Wizard } from '../../shared/wizard.ts';
import type { Records } from '../records.ts';
import { confirmPart } from '../recovery/confirmation.ts';
import { confirmViewOf } from './confirm-view.ts';
import { textOf } from './entry-forms.ts';
import { proofAsked, proveAtProvider, proveTyped } from './operator-proof.ts';
import { elsewhere, notEntered } from './refusals.ts';
import { planOf, RESUMABLE, resume } from './wizard-execution.ts';
import type { WizardParts } from './wizard-parts.ts';

function viewOf(records: Records, id: string, digest: Hex): Omit<ConfirmView, 'proof'> {
  const row = records.journal.read(id)?.recovery;
  const plan = planOf(records, id);
  const preview = row === undefined ? null : records.previews.get(row.previewDigest);
  if (row === undefined || preview === null) throw recoveryUnknown(id);
  if (row.planDigest !== digest) throw elsewhere('The plan that was shown is not the one of this recovery.');
  return confirmViewOf({ preview, plan, digest, highestCost: row.highestCost });
}

/**
 * Opens the entry window; what is typed there confirms the part of whoever is signed in, which is then done.
 * @param digest of the plan that was shown.
 * @throws DeskError ENTRY_CANCELLED, WIZARD_ELSEWHERE, OPERATOR_DIFFERS, CONFIRMATION_WRONG, and of `resume`.
 */
export async function confirmOwnPart(parts: WizardParts, id: string, digest: Hex): Promise<Wizard> {
  // Before anything is recorded: what cannot be gone on with now is not confirmed either.
  parts.holder.at(...RESUMABLE);
  const { records } = parts.site();
  const signedIn = parts.operator();
  // SECURITY: a login takes its time, and whoever is at the desk by then may be somebody else.
  const assertStillHere = (): void => {
    if (parts.operator() !== signedIn) throw elsewhere('Meanwhile somebody signed in or out.');
  };
  const view = viewOf(records, id, digest);
  const proof = proofAsked(signedIn, view.practice);
  await proveAtProvider(parts, signedIn);
  assertStillHere();
  const outcome = await parts.entry.ask({ ...view, proof }, async (values) => {
    const typed = textOf(values, 'typed');
    if (!confirms({ lostWallet: view.lostWallet }, typed))
      return { taken: false, message: `That is not "${view.text}".`, field: 'typed' };
    if (proof !== null) await proveTyped(parts, signedIn, textOf(values, 'proof'));
    assertStillHere();
    confirmPart(records, id, { operator: signedIn.address, typed });
    return { taken: true };
  });
  if (outcome !== 'taken') throw notEntered(outcome, 'The confirmation');
  return resume(parts, id);
}
