import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../support/tree.ts';

const BUILT = path.join(projectRoot, 'out', 'renderer');
const document = readFileSync(path.join(BUILT, 'index.html'), 'utf8');
const scripts = [...document.matchAll(/<script[^>]*\bsrc="([^"]+)"[^>]*>/gu)];

/** What a built script needs before it runs. */
function imported(source = ''): readonly string[] {
  const text = readFileSync(path.join(BUILT, source), 'utf8');
  return [...text.matchAll(/\bimport\s*(?:[\w$*{][^"'();]*\bfrom\s*)?["']([^"']+)["']/gu)].map(
    ([, file = '']) => file,
  );
}

describe('the built page', () => {
  it('opens with one script, a file of its own, which is waited for before anything is painted', () => {
    expect(scripts).toHaveLength(1);
    const [[tag, source] = []] = scripts;
    expect(source).toMatch(/^\.\/assets\/[\w-]+\.js$/u);
    expect(tag).toContain('blocking="render"');
    expect(imported(source)).toEqual([]);
  });

  it('waits for no other file: its styles are in it', () => {
    expect(document).not.toMatch(/<link(?! rel="icon")/u);
    expect(document.match(/<style>.+?<\/style>/gsu)).toHaveLength(1);
  });

  it('draws its first view without the component library, which later views bring along', () => {
    const first = scripts.map(([, source = '']) => readFileSync(path.join(BUILT, source), 'utf8')).join('\n');

    expect(first).not.toMatch(/mantine-(?!color-scheme)/iu);
    expect(first).toMatch(/import\(`\.\/component-library-[\w-]+\.js`\)/u);
  });
});
