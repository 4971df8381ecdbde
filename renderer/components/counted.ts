/** Numbers and lists of names inside sentences. */
import { countText } from './amount-text.ts';

const MOST_NAMES = 6;

/** `1 token`, `2,400 tokens`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${countText(number)} ${number === 1 ? one : many}`;
}

/** `A, B and C`; of a long list the first few and how many more there are. */
export function named(names: readonly string[], most = MOST_NAMES): string {
  if (names.length === 0) return 'none';
  if (names.length > most) {
    const more = names.length - most;
    return `${names.slice(0, most).join(', ')} and ${countText(more)} more`;
  }
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
