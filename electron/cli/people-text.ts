/** People, and what an import would change of them, in words for the terminal. */
import type { Participant } from '../../shared/participant.ts';
import type { ImportPreview } from '../../shared/people-import.ts';
import { table } from './table.ts';

export function peopleText(people: readonly Participant[], more: boolean): string {
  if (people.length === 0) return 'Nobody.';
  const rows = people.map(({ id, name, wallets }) => {
    const lost = wallets.filter((wallet) => wallet.lost === true).length;
    const effective = wallets.find((wallet) => wallet.effective)?.address ?? 'none';
    return [id, name ?? '', effective, String(wallets.length), lost === 0 ? '' : String(lost)];
  });
  const text = table(['Participant', 'Name', 'Effective wallet', 'Wallets', 'Lost'], rows);
  return more
    ? `${text}\n… and more: raise --limit, or search for a part of a name, an id or a wallet.`
    : text;
}

const KINDS = {
  added: 'new',
  changed: 'changes',
  kept: 'stays as it is',
  removed: 'is removed',
} as const;

function changeLines(preview: ImportPreview): readonly string[] {
  const { changes, added, changed, kept, missing, removesMissing } = preview;
  const all = added + changed + kept + (removesMissing ? missing : 0);
  return [
    ...changes.map(({ line, kind, id, what }) => {
      const where = line === null ? '' : `line ${line}: `;
      return `  ${where}${id} ${KINDS[kind]}${what.length === 0 ? '' : `: ${what.join('; ')}`}`;
    }),
    ...(changes.length < all ? [`  … and ${all - changes.length} more`] : []),
  ];
}

/** @param outcome what became of it. */
export function importText(preview: ImportPreview, outcome: 'shown' | 'imported' | 'refused'): string {
  const { fileName, rows, added, changed, unchanged, missing, removesMissing, errors, errorCount } = preview;
  const END = {
    shown: 'Nothing was changed: this only shows what would be.',
    imported: 'Imported.',
    refused: 'Nothing was changed: correct the lines above, then import the file again.',
  } as const;
  return [
    `${fileName}: ${rows} people, ${added} new, ${changed} changed, ${unchanged} as they are`,
    `${missing} of the desk's people are not in it, and ${removesMissing ? 'are removed' : 'stay'}`,
    ...changeLines(preview),
    ...errors.map(({ line, message }) => `  Error on line ${line}: ${message}`),
    ...(errors.length < errorCount ? [`  … and ${errorCount - errors.length} more errors`] : []),
    '',
    END[outcome],
  ].join('\n');
}
