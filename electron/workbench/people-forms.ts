/** The forms that confirm what changes about a person, drawn from what main keeps of it: all of it, and in full. */
import type { FormView } from '../../shared/entry-view.ts';
import { changeText } from '../../shared/import-words.ts';
import type { ImportPreview } from '../../shared/people-import.ts';
import type { Participant } from '../../shared/participant.ts';
import type { EditDraft } from '../participants/local/edit-person.ts';
import type { Confirming } from './confirmed-change.ts';
import { entryForm } from './entry-forms.ts';

type Facts = FormView['facts'];

const nameOf = ({ name }: Participant): string => name ?? 'none';

function whoIs({ name, id }: Participant): Facts {
  return [
    ['Person', name ?? id],
    ['Known as', id],
  ];
}

function effectiveOf({ wallets }: Participant): string {
  return wallets.find((wallet) => wallet.effective)?.address ?? 'none';
}

/** What becomes of each wallet; of the one in use first whether it changes. */
function walletFacts({ before, after }: EditDraft): Facts {
  const [was, is] = [before, after].map(
    ({ wallets }) => new Set<string>(wallets.map(({ address }) => address)),
  );
  const [from, to] = [effectiveOf(before), effectiveOf(after)];
  return [
    ...before.wallets
      .filter(({ address }) => is?.has(address) !== true)
      .map(({ address }) => ['Wallet taken away', address] as const),
    ...after.wallets
      .filter(({ address }) => was?.has(address) !== true)
      .map(({ address }) => ['Wallet added', address] as const),
    ['Wallet in use', from === to ? `${to}, as before` : `${from} becomes ${to}`],
    ...after.wallets
      .filter(({ address, effective }) => !effective && was?.has(address) === true)
      .map(
        ({ address, lost }) => ['Stays', lost === true ? `${address}, on record as lost` : address] as const,
      ),
  ];
}

/** Whose wallets are whose decides who is recovered to where: nothing of it changes unseen. */
export function editForm(draft: EditDraft, { practice, proof }: Confirming): FormView {
  const { before, after } = draft;
  return entryForm({
    title: 'Change the record of a person',
    action: 'Change it',
    intro: ['This is what the desk keeps of the person from then on. Compare it with what you were given.'],
    facts: [
      ...whoIs(before),
      ...(before.name === after.name
        ? []
        : [['Name', `${nameOf(before)} becomes ${nameOf(after)}`] as const]),
      ...walletFacts(draft),
    ],
    practice,
    fields: proof,
  });
}

/** @param directory its kind, as the profile of the network or the desk has it. */
export function releaseForm(
  person: Participant,
  directory: string,
  { practice, proof }: Confirming,
): FormView {
  return entryForm({
    title: 'Let a person sign in again',
    action: 'Release the sign-in',
    intro: [
      'Whoever has what this person signs in with comes in from then on. Release it once the new wallet is in their hands.',
    ],
    facts: [
      ...whoIs(person),
      ['At the directory', directory],
      ['Wallet in use', effectiveOf(person)],
      ...person.wallets
        .filter(({ lost }) => lost === true)
        .map(({ address }) => ['On record as lost', address] as const),
      ['Sign-in', 'held becomes open'],
    ],
    practice,
    fields: proof,
  });
}

/** Each change that was told of; how many there are is told of all. */
export function importForm(preview: ImportPreview, { practice, proof }: Confirming): FormView {
  const { fileName, added, changed, kept, unchanged, missing, removesMissing, changes } = preview;
  const untold = added + changed + kept + (removesMissing ? missing : 0) - changes.length;
  return entryForm({
    title: 'Import people',
    action: 'Import',
    intro: ['From then on these are the people of the desk, and these are their wallets.'],
    facts: [
      ['File', fileName],
      ['New', String(added)],
      ['Changed', String(changed)],
      ['As they are', String(unchanged)],
      ['Not in the file', `${missing}, who ${removesMissing ? 'are removed' : 'stay'}`],
      ...changes.map(
        (change) =>
          [change.line === null ? 'Not in the file' : `Line ${change.line}`, changeText(change)] as const,
      ),
      ...(untold > 0 ? [['And', `${untold} more, which are not listed`] as const] : []),
    ],
    practice,
    fields: proof,
  });
}
