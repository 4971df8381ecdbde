#!/usr/bin/env node
// @ts-check
import { terminalEntry } from './build.mjs';
import { childEnvironment, runChild } from './child.mjs';
import { projectRoot } from './project.mjs';
import { findProjectNode } from './project-node.mjs';
import { orExit, setUp } from './setup.mjs';

/**
 * This process's own three, and the descriptor with a passphrase where one is named: a child is given no other.
 * @param {readonly string[]} argv
 * @returns {import('node:child_process').StdioOptions}
 */
function passedOn(argv) {
  const named = argv.findIndex((argument) => argument.startsWith('--passphrase-fd'));
  const text = argv[named]?.split('=')[1] ?? argv[named + 1] ?? '';
  const descriptor = named >= 0 && /^\d{1,3}$/u.test(text) ? Number(text) : 0;
  return Array.from({ length: Math.max(3, descriptor + 1) }, (_, index) =>
    index < 3 || index === descriptor ? index : 'ignore',
  );
}

await orExit(async () => {
  await setUp();
  const node = findProjectNode(projectRoot);
  // SECURITY: a signal must not be able to open Node's inspector on the process that holds keys.
  const args = ['--disable-sigusr1', terminalEntry(projectRoot), ...process.argv.slice(2)];
  process.exitCode = await runChild(node, args, {
    env: childEnvironment(node),
    stdio: passedOn(process.argv.slice(2)),
  });
});
