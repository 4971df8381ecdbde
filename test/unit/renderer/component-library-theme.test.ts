import path from 'node:path';
import { defaultCssVariablesResolver, mergeMantineTheme, DEFAULT_THEME } from '@mantine/core';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { theme } from '../../../renderer/app/component-library-theme.ts';

const FILE = path.resolve(import.meta.dirname, '../../../renderer/app/component-library-variables.css');

const HEADER =
  '/* Made from component-library-theme.ts by test/unit/renderer/component-library-theme.test.ts (run it with -u); not by hand. */\n';

describe('the theme’s variables', () => {
  it('lie in a file, as the theme has them: under the page’s policy none can be made at run time', async () => {
    const made = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
    const css = [
      HEADER,
      block(':root', made.variables),
      block(":root[data-mantine-color-scheme='light']", made.light),
      block(":root[data-mantine-color-scheme='dark']", made.dark),
    ].join('\n');
    const options = await resolveConfig(FILE);

    await expect(await format(css, { ...options, parser: 'css' })).toMatchFileSnapshot(FILE);
  });
});

function block(selector: string, variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `  ${name}: ${value};`);
  return `${selector} {\n${lines.join('\n')}\n}\n`;
}
