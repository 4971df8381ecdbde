/** Writes resources/docs/errors.md from the codes in shared/: run by `npm run docs`; a test holds the two together. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ERRORS } from '../../shared/errors.ts';
import type { ErrorGroup } from '../../shared/errors.ts';

const GROUPS: readonly (readonly [ErrorGroup, string, string])[] = [
  ['input', 'Usage and input', '2'],
  ['blocked', 'Blocked', '4'],
  ['verification', 'Verification', '5'],
  ['failed', 'Failed', '1'],
];

function section([group, title, exit]: (typeof GROUPS)[number]): string {
  const rows = Object.entries(ERRORS)
    .filter(([, [of]]) => of === group)
    .map(([code, [, meaning]]) => `| \`${code}\` | ${meaning} |`);
  return [`## ${title} (exit code ${exit})`, '', '| code | meaning |', '| --- | --- |', ...rows].join('\n');
}

/** The whole document. */
export function errorDocs(): string {
  return [
    '# Errors',
    '',
    'Every error has a code that never changes, a message that says what happened and what was and was not done, and a',
    'remedy. This list is made from `shared/errors.ts` by `npm run docs`.',
    '',
    GROUPS.map(section).join('\n\n'),
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.resolve(import.meta.dirname, '../docs/errors.md'), errorDocs());
}
