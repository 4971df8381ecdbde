/** Has what changes about people confirmed in the entry window, by whoever is signed in and on the network it is about. */
import type { EntryField, FormView } from '../../shared/entry-view.ts';
import type { Bench } from './bench.ts';
import { provenEntry } from './proven-entry.ts';
import { elsewhere, notEntered } from './refusals.ts';
import type { Site } from './site.ts';

/** @param proof the field of the fresh proof; none for who proves it at the provider. */
export interface Confirming {
  readonly practice: boolean;
  readonly proof: readonly EntryField[];
}

/**
 * SECURITY: the page proposes, and nothing of it counts before somebody confirmed it where the page cannot reach, having
 * read there what main keeps of it (DESIGN 2.3, 2.6).
 * @returns the id of the operator. @throws DeskError ENTRY_CANCELLED, WIZARD_ELSEWHERE, OIDC_*.
 */
export async function confirmedChange(
  { connection, wizard }: Bench,
  site: Site,
  formOf: (confirming: Confirming) => FormView,
): Promise<string> {
  const { operator } = wizard.operator();
  const practice = site.profile.practice === true;
  const outcome = await provenEntry(
    wizard,
    practice,
    (proof) => formOf({ practice, proof }),
    () => Promise.resolve({ taken: true }),
  );
  if (outcome !== 'taken') throw notEntered(outcome, 'The confirmation');
  if (connection.site !== site) throw elsewhere('Meanwhile another network was chosen.');
  return operator.id;
}
