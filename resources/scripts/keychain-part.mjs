// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { missingPackages, systemPackages } from './system-packages.mjs';

/**
 * keytar, through which the desk works with the operating system's keychain, is compiled at installation; npm leaves
 * it out without a word where that fails. What it is compiled with, by the names of Debian's packages.
 */
const INGREDIENTS = ['libsecret-1-dev', 'g++', 'make', 'python3'];

/**
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {(file: string) => boolean} exists
 */

/** @type {Machine} */
const thisMachine = { platform: process.platform, exists: existsSync };

/** @param {string} root */
const binary = (root) => path.join(root, 'node_modules', 'keytar', 'build', 'Release', 'keytar.node');

/**
 * Left by an installation that had all it takes, so that one which fails all the same is not tried at every set-up.
 * @param {string} root
 */
const triedFile = (root) => path.join(root, 'node_modules', '.recovery-desk-keychain-tried');

/**
 * Whether keytar is asked for and not there.
 * @param {string} root
 */
export function keychainPartLacks(root) {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return manifest.optionalDependencies?.keytar !== undefined && !existsSync(binary(root));
}

/**
 * Whether another installation would bring it: it lacks, and what it is compiled with has come since.
 * @param {string} root
 * @param {Machine} [machine]
 */
export function keychainPartIsDue(root, machine = thisMachine) {
  return keychainPartLacks(root) && canCompile(machine) && !existsSync(triedFile(root));
}

/**
 * To be called after an installation.
 * @param {string} root
 * @param {Machine} [machine]
 */
export function rememberTrial(root, machine = thisMachine) {
  if (canCompile(machine)) writeFileSync(triedFile(root), '');
}

/**
 * Says what is missing without it, and how it comes.
 * @param {string} root
 * @param {import('./progress.mjs').Log} log
 */
export function reportKeychainPart(root, log) {
  if (!keychainPartLacks(root)) return;
  log("keytar could not be installed: without it no operator's key can be kept with the system's keychain");
  log(
    `what to do: install what it is compiled with (Debian: ${INGREDIENTS.join(', ')}), delete node_modules, and run "npm run setup" again; out/install.log tells more`,
  );
}

/** @param {Machine} machine */
function canCompile({ platform, exists }) {
  // Elsewhere it comes compiled, or not at all.
  if (platform !== 'linux') return false;
  const needed = systemPackages.filter(({ name }) => INGREDIENTS.includes(name));
  return missingPackages(needed, exists).length === 0;
}
