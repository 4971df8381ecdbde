/** Files that only their owner reads. */
import { chmodSync, closeSync, openSync } from 'node:fs';

/**
 * Creates the file 0600 when it is missing, and takes away wider rights when it is there. An existing file is never
 * opened: closing a handle of it would drop this process's SQLite locks on it.
 * @see https://www.sqlite.org/howtocorrupt.html section 2.2
 */
export function ensurePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
    if (process.platform !== 'win32') chmodSync(file, 0o600);
  }
}
