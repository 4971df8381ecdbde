// @ts-check
import { SetupFailure } from './setup-failure.mjs';

/** @typedef {(line: string) => void} Log */

/**
 * Set-up speaks on stderr alone: stdout belongs to the command that is being set up for,
 * which may print one JSON document there.
 * @type {Log}
 */
export function progress(line) {
  process.stderr.write(`set-up: ${line}\n`);
}

/** @param {unknown} error */
export function reportFailure(error) {
  if (error instanceof SetupFailure) {
    progress(`failed: ${error.message}`);
    progress(`what to do: ${error.remedy}`);
    return;
  }
  progress(`failed: ${error instanceof Error ? error.message : String(error)}`);
  progress(
    'what to do: run "npm run setup" again; if it fails the same way, delete node_modules and out first',
  );
}

/**
 * Runs a step that can take long, saying when it begins, that it is still at work, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} step
 * @param {Log} [log]
 * @returns {Promise<T>}
 */
export async function timed(title, step, log = progress) {
  const begun = Date.now();
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  log(`${title} ...`);
  const heartbeat = setInterval(() => log(`${title}: still at work after ${seconds()}`), 10_000);
  try {
    const result = await step();
    log(`${title}: done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}
