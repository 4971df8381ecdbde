import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { RuntimeError } from './runtime-error.ts';

/** Names the browser to use in place of the one that is found. */
export const BROWSER_VARIABLE = 'RECOVERY_DESK_BROWSER';

/** The machine as far as the search for a browser looks at it. */
export interface BrowserSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly isExecutable: (file: string) => boolean;
}

/**
 * The path of the Chromium, Chrome or Edge to run in.
 * @throws RuntimeError BROWSER_NOT_FOUND
 */
export function findBrowser(search: BrowserSearch = thisMachine()): string {
  const chosen = search.environment[BROWSER_VARIABLE];
  const candidates = chosen === undefined || chosen === '' ? knownPlaces(search) : [chosen];
  const found = candidates.find(search.isExecutable);
  if (found !== undefined) return found;
  throw new RuntimeError(
    'BROWSER_NOT_FOUND',
    chosen === undefined || chosen === ''
      ? 'No Chromium, Google Chrome or Microsoft Edge was found on this machine.'
      : `${BROWSER_VARIABLE} names ${chosen}, which cannot be run.`,
    `Install Chromium, Google Chrome or Microsoft Edge, or name its program in ${BROWSER_VARIABLE}.`,
  );
}

function knownPlaces({ platform, environment }: BrowserSearch): string[] {
  if (platform === 'darwin') return macPlaces(environment);
  if (platform === 'win32') return windowsPlaces(environment);
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge'];
  return names.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
}

function macPlaces(environment: NodeJS.ProcessEnv): string[] {
  const names = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
  const folders = ['/Applications', path.posix.join(environment['HOME'] ?? '/', 'Applications')];
  return names.flatMap((name) => folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`));
}

function windowsPlaces(environment: NodeJS.ProcessEnv): string[] {
  const programs = [
    'Chromium\\Application\\chrome.exe',
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ];
  const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => environment[name])
    .filter((folder) => folder !== undefined);
  return programs.flatMap((program) => folders.map((folder) => path.win32.join(folder, program)));
}

function thisMachine(): BrowserSearch {
  return {
    platform: process.platform,
    environment: process.env,
    isExecutable: (file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
  };
}
