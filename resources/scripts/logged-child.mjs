// @ts-check
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runChild } from './child.mjs';

/**
 * Runs a tool of set-up with its words kept in a file, and passes them on to stderr at its end without
 * the tool's own call stacks: those tell no one what to mend.
 * @param {string} logFile
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Omit<import('./child.mjs').ChildOptions, 'stdio'>} options
 * @returns {Promise<number>} its exit code
 */
export async function runLogged(logFile, command, args, options) {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  try {
    return await runChild(command, args, { ...options, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
    process.stderr.write(withoutStacks(readFileSync(logFile, 'utf8')));
  }
}

/** @param {string} text */
export function withoutStacks(text) {
  return text.replaceAll(/^(?:npm (?:error|ERR!))? +at .*\n/gmu, '');
}
