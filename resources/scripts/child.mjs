// @ts-check
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * @typedef {object} ChildOptions
 * @property {import('node:child_process').StdioOptions} [stdio]
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * Runs a program to its end, handing on the signals this process gets, and answers its exit code
 * (128 plus the signal's number where a signal ended it, as shells do).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<number>}
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // Ctrl-C goes to the whole foreground group: a second SIGINT would look like a second Ctrl-C.
      if (signal === 'SIGINT' && inForeground()) return;
      child.kill(signal);
    };
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const release = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('close', (code, signal) => {
      release();
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  if (signal !== null) return 128 + os.constants.signals[signal];
  return code ?? 1;
}

/**
 * The environment for programs run by the project's Node: that Node first in PATH, and none of the
 * caller's NODE_OPTIONS, which could load code into or open a debugger on a process that holds keys.
 * @param {string} node path of the project's Node
 * @param {NodeJS.ProcessEnv} [base]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(node, base = process.env) {
  const { NODE_OPTIONS: _dropped, ...env } = base;
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [pathKey]: [path.dirname(node), env[pathKey]].filter(Boolean).join(path.delimiter) };
}

function inForeground() {
  try {
    // Fields after the command name, which may hold spaces: state, parent, group, session, terminal,
    // and the terminal's foreground group.
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  }
}
