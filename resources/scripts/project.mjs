// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout; every script works from here, whatever the caller's folder is. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Whether the module at `moduleUrl` is the script that Node was started with.
 * @param {string} moduleUrl `import.meta.url` of the asking module
 */
export function isEntryPoint(moduleUrl) {
  const entry = process.argv[1];
  return entry !== undefined && path.resolve(entry) === fileURLToPath(moduleUrl);
}
