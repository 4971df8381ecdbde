import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../support/tree.ts';

const BUILT = path.join(projectRoot, 'out', 'renderer');
const document = readFileSync(path.join(BUILT, 'index.html'), 'utf8');
const scripts = [...document.matchAll(/<script[^>]*\bsrc="([^"]+)"[^>]*>/gu)];

describe('the built page', () => {
  it('has scripts of its own files alone, which are waited for before anything is painted', () => {
    expect(scripts.length).toBeGreaterThan(0);
    for (const [tag, source] of scripts) {
      expect(source).toMatch(/^\.\/assets\/[\w-]+\.js$/u);
      expect(tag).toContain('blocking="render"');
    }
  });

  it('draws its first view without the component library, which later views bring along', () => {
    const first = scripts.map(([, source = '']) => readFileSync(path.join(BUILT, source), 'utf8')).join('\n');

    expect(first).not.toMatch(/mantine-(?!color-scheme)/iu);
    expect(first).toMatch(/import\(`\.\/component-library-[\w-]+\.js`\)/u);
  });
});
