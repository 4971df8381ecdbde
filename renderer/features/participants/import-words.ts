/** What an import changes, in words. */
import { changeText } from '../../../shared/import-words.ts';
import type { ImportChange, ImportPreview } from '../../../shared/people-import.ts';
import { countText } from '../../components/amount-text.ts';

export function changeWords(change: ImportChange): string {
  const where = change.line === null ? '' : `Line ${change.line}: `;
  return `${where}${changeText(change)}`;
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
