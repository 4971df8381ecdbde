/** What an import changes, in words. */
import type { ImportChange, ImportPreview } from '../../../shared/people-import.ts';
import { countText } from '../../components/amount-text.ts';

const KINDS = {
  added: 'is new',
  changed: 'changes',
  kept: 'stays as it is',
  removed: 'is removed',
} as const;

export function changeWords({ line, kind, id, name, what }: ImportChange): string {
  const who = name === null ? id : `${name} (${id})`;
  const where = line === null ? '' : `Line ${line}: `;
  return `${where}${who} ${KINDS[kind]}${what.length === 0 ? '' : `: ${what.join('; ')}`}`;
}

/** How many people an import would change. */
export function changeCount({ added, changed, missing, removesMissing }: ImportPreview): number {
  return added + changed + (removesMissing ? missing : 0);
}

/** How many people there is something to tell of: some stay against what their row says. */
export function toldCount(preview: ImportPreview): number {
  return changeCount(preview) + preview.kept;
}

export function moreWords(left: number): string {
  return left <= 0 ? '' : `and ${countText(left)} more`;
}
