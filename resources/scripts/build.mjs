// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment } from './child.mjs';
import { runLogged } from './logged-child.mjs';
import { progress, timed } from './progress.mjs';
import { findCommand, findProjectNode } from './project-node.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { digestOf, isCurrent, stamped } from './stamp.mjs';

/** All that the built application depends on. */
const SOURCES = [
  'electron',
  'shared',
  'renderer',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** @param {string} root */
const stampFile = (root) => path.join(root, 'out', '.build-stamp');

/** @param {string} root */
export const terminalEntry = (root) => path.join(root, 'out', 'main', 'cli.js');

/** @param {string} root */
export function buildIsCurrent(root) {
  return existsSync(terminalEntry(root)) && isCurrent(stampFile(root), digestOf(root, SOURCES));
}

/**
 * Bundles the application into out/.
 * @param {string} root
 */
export async function buildApplication(root) {
  const node = findProjectNode(root);
  await timed('building the application', () =>
    stamped(stampFile(root), digestOf(root, SOURCES), async () => {
      const options = ['--logLevel', 'warn', '--ignoreConfigWarning'];
      const args = [findCommand(root, 'electron-vite'), 'build', ...options];
      const code = await runLogged(path.join(root, 'out', 'build.log'), node, args, {
        cwd: root,
        env: childEnvironment(node),
      });
      if (code !== 0) {
        throw new SetupFailure(
          `the application did not build (exit code ${code})`,
          'mend what the lines above name; "npm run check" shows type errors',
        );
      }
    }),
  );
}

/** Compiles the practice network's contracts; the compiler keeps what is unchanged. */
export async function buildContracts() {
  try {
    const { compileContracts } = await import('./contracts.mjs');
    await compileContracts({ log: progress });
  } catch (error) {
    throw new SetupFailure(
      `the practice contracts did not compile: ${error instanceof Error ? error.message : String(error)}`,
      'mend the contract that is named, or run "npm run setup" again',
    );
  }
}
