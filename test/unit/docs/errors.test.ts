import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { errorDocs } from '../../../resources/scripts/error-docs.ts';

it('lists every error code with its meaning in resources/docs/errors.md', () => {
  const file = path.resolve(import.meta.dirname, '../../../resources/docs/errors.md');

  expect(readFileSync(file, 'utf8')).toBe(errorDocs());
});
