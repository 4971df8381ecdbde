/** Paths into JSON values, and the same value with one place altered: for tests that nothing can be changed unseen. */

export type JsonPath = readonly (string | number)[];

/** Paths of all texts, numbers, truth values, nulls and empty containers. */
export function leavesOf(value: unknown, at: JsonPath = []): readonly JsonPath[] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries = Array.isArray(value) ? [...(value as readonly unknown[]).entries()] : Object.entries(value);
  return entries.length === 0 ? [at] : entries.flatMap(([key, entry]) => leavesOf(entry, [...at, key]));
}

/** Another value of the same kind. */
function otherThan(value: unknown): unknown {
  if (typeof value === 'string') return altered(value);
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return ['added'];
  return value === null ? 'set' : { added: true };
}

/** The text with its last letter or digit changed, so that a hash stays a hash and an amount an amount. */
function altered(text: string): string {
  const last = text.slice(-1);
  return `${text.slice(0, -1)}${/[1-8a-e]/.test(last) ? String.fromCharCode(last.charCodeAt(0) + 1) : '7'}`;
}

/** A copy with the value at the path replaced: by `put` where given, else by another of the same kind. */
export function alteredIn(root: unknown, path: JsonPath, put?: (was: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return (put ?? otherThan)(root);
  const copy: unknown = structuredClone(root);
  if (typeof copy !== 'object' || copy === null) throw new TypeError('the path leads nowhere');
  const inside = copy as Record<string | number, unknown>;
  inside[key] = alteredIn(inside[key], rest, put);
  return copy;
}
