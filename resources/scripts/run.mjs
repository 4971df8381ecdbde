// @ts-check
import { childEnvironment, runChild } from './child.mjs';
import { isEntryPoint, projectRoot } from './project.mjs';
import { findCommand, findProjectNode } from './project-node.mjs';
import { orExit, prepareDependencies } from './setup.mjs';

/**
 * Runs the command of an installed package under the project's Node.
 * @param {string} command such as `prettier`
 * @param {readonly string[]} args
 * @param {import('./child.mjs').ChildOptions} [options]
 * @returns {Promise<number>} its exit code
 */
export function runTool(command, args, options = {}) {
  const node = findProjectNode(projectRoot);
  return runChild(node, [findCommand(projectRoot, command), ...args], {
    cwd: projectRoot,
    env: childEnvironment(node),
    ...options,
  });
}

if (isEntryPoint(import.meta.url)) {
  const [command, ...args] = process.argv.slice(2);
  if (command === undefined) {
    process.stderr.write('usage: run.mjs <command of an installed package> [arguments]\n');
    process.exit(2);
  }
  await orExit(async () => {
    await prepareDependencies();
    process.exitCode = await runTool(command, args);
  });
}
