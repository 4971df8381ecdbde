/**
 * What crosses between main and a page in this runtime is JSON. A value that JSON would alter or drop
 * is refused with the words that Electron has for values it cannot clone.
 * @throws TypeError
 */
export function assertJson(value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    for (const item of value) assertJson(item);
    return;
  }
  if (!isPlainObject(value)) throw new TypeError('An object could not be cloned.');
  for (const item of Object.values(value)) assertJson(item);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
