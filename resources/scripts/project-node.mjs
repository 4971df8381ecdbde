// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupFailure } from './setup-failure.mjs';

/** The oldest Node major version that the application and its tools run on. */
const OLDEST_MAJOR = 24;

/**
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {string} arch
 * @property {string} nodeVersion version of the running Node, such as `20.11.0`
 * @property {string} execPath path of the running Node
 * @property {(file: string) => boolean} exists
 */

/** @type {Machine} */
const thisMachine = {
  platform: process.platform,
  arch: process.arch,
  nodeVersion: process.versions.node,
  execPath: process.execPath,
  exists: existsSync,
};

/**
 * The Node to run the application and its tools with: the one the lockfile pins for this platform,
 * else the running one where it is new enough.
 * @param {string} root
 * @param {Machine} [machine]
 * @returns {string} path of the executable
 */
export function findProjectNode(root, machine = thisMachine) {
  const platform = machine.platform === 'win32' ? 'win' : machine.platform;
  const executable = machine.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = path.join(root, 'node_modules', `node-${platform}-${machine.arch}`, 'bin', executable);
  if (machine.exists(pinned)) return pinned;
  if (Number.parseInt(machine.nodeVersion, 10) >= OLDEST_MAJOR) return machine.execPath;
  throw new SetupFailure(
    `there is no Node ${OLDEST_MAJOR} for ${machine.platform} ${machine.arch}: node_modules has none and the running Node is ${machine.nodeVersion}`,
    `install Node ${OLDEST_MAJOR} or newer and run the command again`,
  );
}

/**
 * The script behind a package's command. Read from the package itself, because the entries of
 * node_modules/.bin are shell scripts on some platforms and could not be given to a chosen Node.
 * @param {string} root
 * @param {string} command such as `tsc`
 * @returns {string} path of the script
 */
export function findCommand(root, command) {
  const packageName = command === 'tsc' ? 'typescript' : command;
  const folder = path.join(root, 'node_modules', packageName);
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) {
    throw new SetupFailure(`${packageName} is not installed`, 'run "npm run setup"');
  }
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  const script = typeof bin === 'string' ? bin : bin?.[command];
  if (typeof script !== 'string') {
    throw new SetupFailure(
      `${packageName} has no command "${command}"`,
      'name a command of an installed package',
    );
  }
  return path.join(folder, script);
}
