import { expect, it } from 'vitest';
import { withoutStacks } from '../../../resources/scripts/logged-child.mjs';

it('passes on what a tool says went wrong, and leaves its call stacks out', () => {
  const said = [
    'Cannot resolve entry module electron/cli/main.ts.',
    '    at build (file:///desk/node_modules/vite/node.js:1:2)',
    'npm error request failed at the registry',
    'npm error     at ClientRequest.emit (node:events:524:28)',
    '',
  ];
  expect(withoutStacks(said.join('\n')).split('\n')).toEqual([said[0], said[2], '']);
});
