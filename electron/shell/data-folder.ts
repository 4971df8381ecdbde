import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

/**
 * Makes the data folder the place of the lock on the one instance, and a folder in it the browser's.
 * @throws where it cannot be made.
 */
export function useDataFolder(app: Pick<App, 'setPath'>, named: string): string {
  const folder = path.resolve(named);
  const browser = path.join(folder, 'browser');
  mkdirSync(browser, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
  // What the browser keeps for itself does not lie among the desk's records.
  app.setPath('sessionData', browser);
  return folder;
}
