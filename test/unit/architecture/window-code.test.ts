/** What the window takes along at run time, followed from its sources through shared. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachOf } from '../../support/imports.ts';
import { codeFilesBelow, projectRoot, readSource } from '../../support/tree.ts';

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

  it('takes the sheet of every component of the library along: without it one has no form', () => {
    const sheets = readSource('renderer/app/component-library.css').text;
    const used = codeFilesBelow('renderer').flatMap((file) =>
      [...readSource(file).text.matchAll(/import (type )?\{([^}]*)\} from '@mantine\/core'/gu)].flatMap(
        ([, typeOnly, names = '']) => (typeOnly === undefined ? names.split(',') : []),
      ),
    );
    const own = new Set(readdirSync(path.join(projectRoot, 'node_modules/@mantine/core/styles')));
    const components = [...new Set(used.map((name) => name.trim()))].filter((name) => own.has(`${name}.css`));

    expect(used.map((name) => name.trim())).toContain('TextInput');
    expect(components.filter((name) => !sheets.includes(`styles/${name}.css`))).toEqual([]);
  });
});
