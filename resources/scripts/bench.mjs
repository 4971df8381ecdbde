// @ts-check
import path from 'node:path';
import { childEnvironment, runChild } from './child.mjs';
import { projectRoot } from './project.mjs';
import { findProjectNode } from './project-node.mjs';
import { orExit, setUp } from './setup.mjs';

await orExit(async () => {
  await setUp();
  const node = findProjectNode(projectRoot);
  // In Electron the file dialogs that the bench has to go through are the system's own.
  const env = { ...childEnvironment(node), RECOVERY_DESK_RUNTIME: 'chromium' };
  process.exitCode = await runChild(node, [path.join(projectRoot, 'test', 'bench', 'main.ts')], { env });
});
