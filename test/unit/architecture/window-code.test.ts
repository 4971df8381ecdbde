/** What the window takes along at run time, followed from its sources through shared. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachOf } from '../../support/imports.ts';
import { codeFilesBelow, readSource } from '../../support/tree.ts';

/** Its library builds functions out of text, which the page's policy (trusted types) refuses and reports. */
const SCHEMAS = 'zod';

/** Modules that are loaded with the window, each with the chain of imports that leads to it. */
function taken(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>(codeFilesBelow('renderer').map((file) => [file, [file]]));
  for (const [file, way] of found) {
    if (!/\.tsx?$/u.test(file)) continue;
    for (const { specifier, typeOnly } of reachOf(file, readSource(file).text).imports) {
      if (typeOnly) continue;
      const target = specifier.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), specifier)
        : specifier;
      if (!found.has(target)) found.set(target, [...way, target]);
    }
  }
  return found;
}

describe('the window', () => {
  it('takes shared code along, and no schemas', () => {
    const modules = taken();
    expect(modules.has('shared/lost-wallets.ts')).toBe(true);
    expect(modules.get(SCHEMAS)?.join(' → ')).toBeUndefined();
  });
});
