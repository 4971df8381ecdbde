// @ts-check
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { buildApplication, buildContracts, buildIsCurrent } from './build.mjs';
import { dependenciesAreCurrent, installDependencies } from './dependencies.mjs';
import { reportKeychainPart } from './keychain-part.mjs';
import { withLock } from './lock.mjs';
import { progress, reportFailure } from './progress.mjs';
import { isEntryPoint, projectRoot } from './project.mjs';
import { missingPackages, provideSystemPackages, systemPackages } from './system-packages.mjs';

/**
 * Installs the locked dependencies if they are missing or stale.
 * @param {string} [root]
 */
export async function prepareDependencies(root = projectRoot) {
  if (dependenciesAreCurrent(root)) return;
  await alone(root, async () => {
    // Another set-up may have done it while this one waited.
    if (!dependenciesAreCurrent(root)) await installDependencies(root);
  });
}

/**
 * Installs missing system packages where that may be done. To be called before the dependencies, some of which are
 * compiled against system libraries.
 * @param {string} [root]
 */
export async function prepareSystem(root = projectRoot) {
  if (missingPackages(systemPackages).length > 0) await alone(root, () => provideSystemPackages());
}

/**
 * Brings this checkout to the state in which everything can run: system packages, dependencies,
 * contracts, application. Costs a fraction of a second when nothing changed.
 * @param {string} [root]
 */
export async function setUp(root = projectRoot) {
  await prepareSystem(root);
  await prepareDependencies(root);
  reportKeychainPart(root, progress);
  await prepareBuild(root);
}

/** @param {string} root */
async function prepareBuild(root) {
  await alone(root, async () => {
    await buildContracts();
    if (!buildIsCurrent(root)) await buildApplication(root);
  });
}

/**
 * @param {string} root
 * @param {() => Promise<void>} work
 */
async function alone(root, work) {
  const out = path.join(root, 'out');
  mkdirSync(out, { recursive: true });
  await withLock(path.join(out, '.set-up'), work, (pid) =>
    progress(`waiting for another set-up (process ${pid}) to finish`),
  );
}

/**
 * Runs a set-up step for a script that cannot go on without it: says what failed and ends the process.
 * @param {() => Promise<void>} step
 */
export async function orExit(step) {
  try {
    await step();
  } catch (error) {
    reportFailure(error);
    process.exit(1);
  }
}

if (isEntryPoint(import.meta.url)) {
  await orExit(() => setUp());
  progress('ready');
}
