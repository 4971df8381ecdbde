// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keychainPartIsDue, rememberTrial } from './keychain-part.mjs';
import { runLogged } from './logged-child.mjs';
import { timed } from './progress.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { isCurrent, stamped } from './stamp.mjs';

/**
 * Digest of what decides which packages get installed. Scripts and descriptions in package.json do
 * not, so changing them costs no one a new installation; the platform does.
 * @param {string} root
 * @returns {string}
 */
export function dependenciesDigest(root) {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies, overrides, allowScripts } = manifest;
  return createHash('sha256')
    .update(`${process.platform} ${process.arch}\0`)
    .update(JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides, allowScripts }))
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
}

/** @param {string} root */
const stampFile = (root) => path.join(root, 'node_modules', '.recovery-desk-stamp');

/** @param {string} root */
export function dependenciesAreCurrent(root) {
  return isCurrent(stampFile(root), dependenciesDigest(root)) && !keychainPartIsDue(root);
}

/**
 * Installs exactly what the lockfile names.
 * @param {string} root
 */
export async function installDependencies(root) {
  await timed('installing the locked dependencies', () =>
    stamped(stampFile(root), dependenciesDigest(root), async () => {
      const npm = npmCommand();
      // The log level hides the notice that the system's Node is older than some packages ask for: they
      // run under the project's Node. Development dependencies are asked for by name because NODE_ENV
      // or a user's npm settings may leave them out.
      const options = ['--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'];
      const logFile = path.join(root, 'out', 'install.log');
      const code = await runLogged(logFile, npm.command, [...npm.args, 'ci', ...options], { cwd: root });
      if (code !== 0) {
        throw new SetupFailure(
          `"npm ci" ended with exit code ${code}`,
          'check that this machine reaches its npm registry, and that package.json and package-lock.json agree; then run the command again',
        );
      }
      rememberTrial(root);
    }),
  );
}

function npmCommand() {
  const script = process.env['npm_execpath'];
  if (script !== undefined && /npm-cli\.[cm]?js$/u.test(script)) {
    return { command: process.execPath, args: [script] };
  }
  return process.platform === 'win32'
    ? { command: 'cmd.exe', args: ['/d', '/c', 'npm'] }
    : { command: 'npm', args: [] };
}
