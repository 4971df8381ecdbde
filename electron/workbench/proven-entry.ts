/** The entry window where somebody confirms with a fresh proof that it is they who are signed in. */
import type { EntryField, EntryValues, EntryVerdict, FormView } from '../../shared/entry-view.ts';
import { entryField, textOf } from './entry-forms.ts';
import type { EntryOutcome } from './needs.ts';
import { proofAsked, proveAtProvider, proveTyped } from './operator-proof.ts';
import { entryCancelled, notEntered } from './refusals.ts';
import type { WizardParts } from './wizard-parts.ts';

/**
 * The work begins once whoever is signed in proved that it is they: by what they typed, or at the team's provider before
 * the window opens.
 * @param formOf is given the field of the proof; none for who proves it at the provider.
 * @throws DeskError ENTRY_CANCELLED where it was closed before that, OIDC_*.
 */
export async function provenEntry(
  parts: Pick<WizardParts, 'entry' | 'operator' | 'operators' | 'provider'>,
  practice: boolean,
  formOf: (proof: readonly EntryField[]) => FormView,
  work: (values: EntryValues) => Promise<EntryVerdict>,
): Promise<EntryOutcome> {
  const signedIn = parts.operator();
  const asked = proofAsked(signedIn, practice);
  await proveAtProvider(parts, signedIn);
  const proof =
    asked === null
      ? []
      : [entryField({ name: 'proof', label: asked.label, kind: 'passphrase', hint: asked.hint })];
  let begun = false;
  const outcome = await parts.entry.ask(formOf(proof), async (values) => {
    if (!begun) {
      if (asked !== null) await proveTyped(parts, signedIn, textOf(values, 'proof'));
      // Somebody else may sit here by now.
      if (parts.operator() !== signedIn) throw entryCancelled('The proof');
    }
    const verdict = await work(values);
    begun = true;
    return verdict;
  });
  if (!begun) throw notEntered(outcome, 'The proof');
  return outcome;
}
