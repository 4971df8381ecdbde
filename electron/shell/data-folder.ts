import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';
import { openDataFolder } from '../store/data-folder.ts';

/**
 * Makes the data folder the place of the lock on the one instance, and a folder in it the browser's.
 * @returns its real path.
 * @throws DeskError DATA_FOLDER_ON_NETWORK, DATA_FOLDER_UNUSABLE, DISK_FULL.
 */
export function useDataFolder(app: Pick<App, 'setPath'>, named: string): string {
  const folder = openDataFolder(named);
  const browser = path.join(folder, 'browser');
  mkdirSync(browser, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
  // What the browser keeps for itself does not lie among the desk's records.
  app.setPath('sessionData', browser);
  return folder;
}
