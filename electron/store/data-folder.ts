/** The folder that holds all the desk keeps: on a drive of this machine, private to its owner, writable. */
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import { isUncPath, networkDriveOf } from './network-drive.ts';
import { fileCode, fileError, folderUnusable } from './store-errors.ts';

const STICKY = 0o1000;
const OTHERS = 0o077;
const PROBE = Buffer.alloc(4096, 'recovery desk\n');

/** Where the data folder lies: where RECOVERY_DESK_DATA says, else per user. @see XDG Base Directory Specification */
export function defaultDataFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const named = env['RECOVERY_DESK_DATA'];
  if (named !== undefined && named !== '') return named;
  if (platform === 'win32') {
    const roaming = env['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming');
    return path.win32.join(roaming, 'Recovery Desk');
  }
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Recovery Desk');
  const xdg = env['XDG_DATA_HOME'];
  const base = xdg?.startsWith('/') === true ? xdg : path.posix.join(home, '.local', 'share');
  return path.posix.join(base, 'recovery-desk');
}

function nearestExisting(folder: string): string {
  let place = folder;
  while (!existsSync(place) && path.dirname(place) !== place) place = path.dirname(place);
  return place;
}

function refuseNetworkDrive(folder: string, driveOf: (folder: string) => string | null): void {
  const kind =
    isUncPath(folder) && process.platform === 'win32' ? 'network share' : driveOf(nearestExisting(folder));
  if (kind === null) return;
  throw new DeskError('DATA_FOLDER_ON_NETWORK', {
    message: `The data folder ${folder} lies on a drive of another machine (${kind}). A database is not safe there. Nothing was written.`,
    remedy: 'Choose a folder on a disk of this machine.',
    retry: 'never',
  });
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Makes the folder, and those above it, one by one: Node's own way (`recursive`) answers that the folder is not there
 * where the truth is that its file system is read-only, and never ends where the system makes no folders (/proc).
 */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (thrown) {
    // Made by somebody else meanwhile, or a link that leads nowhere, which looking at it tells from a file.
    if (fileCode(thrown) === 'EEXIST' && statSync(folder).isDirectory()) return;
    const above = path.dirname(folder);
    if (fileCode(thrown) !== 'ENOENT' || above === folder || existsSync(above)) throw thrown;
    makeFolder(above);
    makeFolder(folder);
  }
}

/** Takes away what group and others may do. A folder that is shared by design is left alone and refused. */
function makePrivate(folder: string): void {
  const { mode } = statSync(folder);
  if (process.platform === 'win32' || (mode & OTHERS) === 0) return;
  if ((mode & STICKY) !== 0 || path.dirname(folder) === folder) {
    throw folderUnusable(folder, 'it is shared with other users: name a folder of its own inside it');
  }
  chmodSync(folder, 0o700);
}

/** Really writes: permission bits say nothing to root, nor about a read-only mount or a full disk. */
function proveWritable(folder: string): void {
  const file = path.join(folder, `.probe-${randomUUID()}`);
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeSync(handle, PROBE);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Makes the data folder ready: creates it 0700, tightens it when it is wider, and writes to it once to be sure.
 * @returns its real path, absolute.
 * @throws DeskError DATA_FOLDER_ON_NETWORK, DATA_FOLDER_NOT_A_FOLDER, DATA_FOLDER_UNUSABLE (not to be created, not
 *   writable, read-only), DISK_FULL.
 */
export function openDataFolder(
  folder: string,
  driveOf: (folder: string) => string | null = networkDriveOf,
): string {
  const absolute = path.resolve(folder);
  try {
    refuseNetworkDrive(absolute, driveOf);
    makeFolder(absolute);
    const real = realpathSync.native(absolute);
    makePrivate(real);
    proveWritable(real);
    return real;
  } catch (thrown) {
    throw fileError(thrown, absolute);
  }
}
