#!/usr/bin/env node
// @ts-check
import { terminalEntry } from './build.mjs';
import { childEnvironment, runChild } from './child.mjs';
import { projectRoot } from './project.mjs';
import { findProjectNode } from './project-node.mjs';
import { orExit, setUp } from './setup.mjs';

await orExit(async () => {
  await setUp();
  const node = findProjectNode(projectRoot);
  // SECURITY: a signal must not be able to open Node's inspector on the process that holds keys.
  const args = ['--disable-sigusr1', terminalEntry(projectRoot), ...process.argv.slice(2)];
  process.exitCode = await runChild(node, args, { env: childEnvironment(node) });
});
