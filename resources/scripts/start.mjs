#!/usr/bin/env node
// @ts-check
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, runChild } from './child.mjs';
import { progress } from './progress.mjs';
import { isEntryPoint, projectRoot } from './project.mjs';
import { findProjectNode } from './project-node.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { orExit, setUp } from './setup.mjs';

/** @typedef {'electron' | 'chromium'} Runtime */

/**
 * Electron's program, if the package has its binary; asking the package itself would download one.
 * @param {string} root
 * @returns {string | undefined}
 */
export function electronBinary(root) {
  const folder = path.join(root, 'node_modules', 'electron');
  const named = path.join(folder, 'path.txt');
  if (!existsSync(named)) return undefined;
  const binary = path.join(folder, 'dist', readFileSync(named, 'utf8').trim());
  try {
    accessSync(binary, constants.X_OK);
    return binary;
  } catch {
    return undefined;
  }
}

/**
 * Which runtime to start in: the one that RECOVERY_DESK_RUNTIME names, else Electron where it is at hand.
 * @param {string | undefined} chosen
 * @param {string | undefined} electron path of Electron's program
 * @returns {Runtime}
 */
export function chooseRuntime(chosen, electron) {
  if (chosen === undefined || chosen === '') return electron === undefined ? 'chromium' : 'electron';
  if (chosen !== 'electron' && chosen !== 'chromium') {
    throw new SetupFailure(
      `RECOVERY_DESK_RUNTIME is "${chosen}"`,
      'set it to "electron" or "chromium", or leave it out',
    );
  }
  if (chosen === 'electron' && electron === undefined) {
    throw new SetupFailure(
      "Electron's binary is not on this machine",
      'run "node node_modules/electron/install.js" where GitHub can be reached, or leave RECOVERY_DESK_RUNTIME out',
    );
  }
  return chosen;
}

/**
 * The command line of a runtime.
 * @param {string} root
 * @param {Runtime} runtime
 * @param {string | undefined} electron
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[] }}
 */
export function commandLine(root, runtime, electron, args) {
  const built = path.join(root, 'out', 'main');
  const main = path.join(built, 'main.js');
  if (runtime === 'electron' && electron !== undefined) return { command: electron, args: [root, ...args] };
  const register = path.join(built, 'chromium-register.js');
  // SECURITY: a signal must not be able to open Node's inspector on the process that holds keys.
  return {
    command: findProjectNode(root),
    args: ['--disable-sigusr1', '--import', register, main, ...args],
  };
}

if (isEntryPoint(import.meta.url)) {
  await orExit(async () => {
    const electron = electronBinary(projectRoot);
    const runtime = chooseRuntime(process.env.RECOVERY_DESK_RUNTIME, electron);
    await setUp();
    progress(`starting the desk in ${runtime === 'electron' ? 'Electron' : "the system's browser"}`);
    const { command, args } = commandLine(projectRoot, runtime, electron, process.argv.slice(2));
    process.exitCode = await runChild(command, args, { env: childEnvironment(findProjectNode(projectRoot)) });
  });
}
