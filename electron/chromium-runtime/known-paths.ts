import os from 'node:os';
import path from 'node:path';

export type PathName =
  'home' | 'appData' | 'userData' | 'sessionData' | 'temp' | 'documents' | 'downloads' | 'exe' | 'logs';

/** Where Electron looks for these folders. @param appName the application's name, a folder of its own */
export function knownPath(name: PathName, appName: string): string {
  const home = os.homedir();
  switch (name) {
    case 'home':
      return home;
    case 'appData':
      return appData(home);
    case 'userData':
    case 'sessionData':
      return path.join(appData(home), appName);
    case 'logs':
      return path.join(appData(home), appName, 'logs');
    case 'temp':
      return os.tmpdir();
    case 'documents':
      return process.env['XDG_DOCUMENTS_DIR'] ?? path.join(home, 'Documents');
    case 'downloads':
      return process.env['XDG_DOWNLOAD_DIR'] ?? path.join(home, 'Downloads');
    case 'exe':
      return process.execPath;
  }
}

function appData(home: string): string {
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  if (process.platform === 'win32') return process.env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming');
  return process.env['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
}
