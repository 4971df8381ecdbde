/** Answers what is changed about one person: their record, and a hold on their sign-in. */
import { digestOf } from '../../shared/canonical.ts';
import type { Hex } from '../../shared/values.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { participantUnknown } from '../participants/directory-errors.ts';
import { carryOutEdit, draftEdit } from '../participants/local/edit-person.ts';
import type { PersonEdit } from '../participants/local/edit-person.ts';
import { releaseHeld } from '../participants/local/release.ts';
import { assertReleasable } from '../recovery/sign-in-release.ts';
import type { Bench } from './bench.ts';
import { confirmedChange } from './confirmed-change.ts';
import { editForm, releaseForm } from './people-forms.ts';
import { notKept } from './refusals.ts';

type PersonProcedures = 'participants.edit' | 'participants.releaseSignIn';

async function edit(bench: Bench, wanted: PersonEdit): Promise<{ record: Hex }> {
  const site = bench.wizard.site();
  const { local } = site.records;
  if (site.directory()?.kind !== 'local') throw notKept();
  const draft = draftEdit(local, wanted);
  const [before, after] = [digestOf(draft.before), digestOf(draft.after)];
  if (before === after) return { record: before };
  const operatorId = await confirmedChange(bench, site, (confirming) => editForm(draft, confirming));
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
  const operatorId = await confirmedChange(bench, site, (confirming) =>
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
