/**
 * Answers what is changed about one person: their record, and a hold on their sign-in.
 *
 * SECURITY: the page proposes, and nothing of it counts before somebody confirmed it in the entry window, which shows
 * what main keeps of it (DESIGN 2.3, 2.6).
 */
import { digestOf } from '../../shared/canonical.ts';
import type { EntryField, FormView } from '../../shared/entry-view.ts';
import type { Hex } from '../../shared/values.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { participantUnknown } from '../participants/directory-errors.ts';
import { carryOutEdit, draftEdit } from '../participants/local/edit-person.ts';
import type { PersonEdit } from '../participants/local/edit-person.ts';
import { releaseHeld } from '../participants/local/release.ts';
import { assertReleasable } from '../recovery/sign-in-release.ts';
import type { Bench } from './bench.ts';
import { editForm, releaseForm } from './people-forms.ts';
import { provenEntry } from './proven-entry.ts';
import { elsewhere, entryCancelled, notKept } from './refusals.ts';
import type { Site } from './site.ts';

type PersonProcedures = 'participants.edit' | 'participants.releaseSignIn';

/**
 * On the network that it was asked on, by whoever was signed in then.
 * @returns the id of the operator. @throws DeskError ENTRY_CANCELLED, WIZARD_ELSEWHERE, OIDC_*.
 */
async function confirmed(
  { connection, wizard }: Bench,
  site: Site,
  formOf: (confirming: { readonly practice: boolean; readonly proof: readonly EntryField[] }) => FormView,
): Promise<string> {
  const { operator } = wizard.operator();
  const practice = site.profile.practice === true;
  const outcome = await provenEntry(
    wizard,
    practice,
    (proof) => formOf({ practice, proof }),
    () => Promise.resolve({ taken: true }),
  );
  if (outcome === 'cancelled') throw entryCancelled('The confirmation');
  if (connection.site !== site) throw elsewhere('Meanwhile another network was chosen.');
  return operator.id;
}

async function edit(bench: Bench, wanted: PersonEdit): Promise<{ record: Hex }> {
  const site = bench.wizard.site();
  const { local } = site.records;
  if (site.directory()?.kind !== 'local') throw notKept();
  const draft = draftEdit(local, wanted);
  const [before, after] = [digestOf(draft.before), digestOf(draft.after)];
  if (before === after) return { record: before };
  const operatorId = await confirmed(bench, site, (confirming) => editForm(draft, confirming));
  const record = carryOutEdit(local, draft, operatorId);
  bench.people.peopleChanged();
  return { record };
}

async function release(bench: Bench, id: string): Promise<{ released: boolean }> {
  const site = bench.wizard.site();
  const directory = site.connection.context.people.directory();
  if (directory === null) throw notKept();
  assertReleasable(site.records.journal, id);
  const [person, { signIn }] = await Promise.all([directory.get(id), directory.access(id)]);
  if (person === null) throw participantUnknown(id);
  if (signIn === 'open') return { released: false };
  const operatorId = await confirmed(bench, site, (confirming) =>
    releaseForm(person, directory.kind, confirming),
  );
  assertReleasable(site.records.journal, id);
  const { counts } = await releaseHeld(directory, site.records.local, id, operatorId);
  return { released: (counts.sign_in_hold ?? 0) > 0 };
}

export function personHandlers(bench: Bench): Pick<Handlers, PersonProcedures> {
  return {
    'participants.edit': ({ key: _key, ...wanted }) => edit(bench, wanted),
    'participants.releaseSignIn': ({ id }) => release(bench, id),
  };
}
