/** What an import changes of somebody, in words. */
import type { ImportChange } from './people-import.ts';

const KINDS = {
  added: 'is new',
  changed: 'changes',
  kept: 'stays as it is',
  removed: 'is removed',
} as const;

/** Without the line. */
export function changeText({
  kind,
  id,
  name,
  what,
}: Pick<ImportChange, 'kind' | 'id' | 'name' | 'what'>): string {
  const who = name === null ? id : `${name} (${id})`;
  return `${who} ${KINDS[kind]}${what.length === 0 ? '' : `: ${what.join('; ')}`}`;
}
