#!/usr/bin/env node
// @ts-check
import { childEnvironment, runChild } from './child.mjs';
import { isEntryPoint, projectRoot } from './project.mjs';
import { findProjectNode } from './project-node.mjs';
import { orExit, setUp } from './setup.mjs';

/** Writes every screen of the desk, in light and dark, into resources/docs/screenshots/. */
if (isEntryPoint(import.meta.url)) {
  await orExit(async () => {
    await setUp();
    const node = findProjectNode(projectRoot);
    process.exitCode = await runChild(node, ['test/support/e2e-screenshots.ts'], {
      cwd: projectRoot,
      env: childEnvironment(node),
    });
  });
}
