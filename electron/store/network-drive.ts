/**
 * Whether a folder lies on a drive of another machine. SQLite's locks and shared memory cannot be trusted there.
 * Linux names the file system in statfs(2) and, for FUSE, in proc(5) mountinfo; macOS marks local mounts in
 * mount(8); Windows resolves mapped letters to UNC paths.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, statfsSync } from 'node:fs';
import path from 'node:path';

/** statfs(2) magic numbers. 9p and vboxsf are shares of a host, with no locks between the machines. */
const NETWORK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x01021997, '9p'],
  [0x786f4256, 'vboxsf'],
  [0x564c, 'NCP'],
  [0x73757245, 'Coda'],
  [0x0bd00bd0, 'Lustre'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x47504653, 'GPFS'],
]);
const FUSE = 0x65735546;

/** FUSE file systems known to keep their data on this machine. Any other may be sshfs by another name: refused. */
const LOCAL_FUSE: ReadonlySet<string> = new Set([
  'fuseblk',
  'fuse.ntfs-3g',
  'fuse.exfat',
  'fuse.gocryptfs',
  'fuse.encfs',
  'fuse.cryfs',
  'fuse.securefs',
  'fuse.fuse-overlayfs',
]);

interface Mount {
  readonly point: string;
  readonly type: string;
  readonly local: boolean;
}

/** The mount that a path lies in: the longest point, the later of two. */
function mountOf(folder: string, mounts: readonly Mount[]): Mount | null {
  let found: Mount | null = null;
  for (const mount of mounts) {
    const inside = mount.point === '/' || folder === mount.point || folder.startsWith(`${mount.point}/`);
    if (inside && (found === null || mount.point.length >= found.point.length)) found = mount;
  }
  return found;
}

/** The FUSE file system a folder lies on when it is not known to be local, by the text of /proc/self/mountinfo. */
export function foreignFuse(folder: string, mountinfo: string): string | null {
  const mounts = mountinfo.split('\n').flatMap((line): Mount[] => {
    const [before, after] = line.split(' - ');
    const point = before?.split(' ')[4];
    const type = after?.split(' ')[0];
    if (point === undefined || type === undefined) return [];
    const plain = point.replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    return [{ point: plain, type, local: LOCAL_FUSE.has(type) }];
  });
  const mount = mountOf(folder, mounts);
  if (mount === null) return 'FUSE';
  return mount.local ? null : mount.type;
}

/** The file system a folder lies on when it is not local, by the output of macOS `mount`. */
export function foreignMacMount(folder: string, output: string): string | null {
  const mounts = output.split('\n').flatMap((line): Mount[] => {
    const match = /^.* on (\/.*) \(([^()]*)\)$/.exec(line);
    const [, point, list] = match ?? [];
    if (point === undefined || list === undefined) return [];
    const [type = 'unknown', ...flags] = list.split(', ');
    return [{ point, type, local: flags.includes('local') }];
  });
  const mount = mountOf(folder, mounts);
  return mount === null || mount.local ? null : mount.type;
}

/** Whether a Windows path names a share: `\\server\share` and `\\?\UNC\..`, but no `\\?\C:` or `\\.\`. */
export function isUncPath(folder: string): boolean {
  const plain = folder.replaceAll('/', '\\');
  return /^\\\\\?\\UNC\\/i.test(plain) || /^\\\\[^\\?.]/.test(plain);
}

/** The kind of the network drive that an existing folder lies on; null for a drive of this machine. */
export function networkDriveOf(folder: string): string | null {
  if (process.platform === 'win32') {
    return isUncPath(folder) || isUncPath(realpathSync.native(folder)) ? 'network share' : null;
  }
  const real = path.resolve(realpathSync.native(folder));
  if (process.platform === 'darwin') {
    return foreignMacMount(real, execFileSync('/sbin/mount', { encoding: 'utf8' }));
  }
  const type = statfsSync(real).type >>> 0;
  if (type !== FUSE) return NETWORK_TYPES.get(type) ?? null;
  return foreignFuse(real, readFileSync('/proc/self/mountinfo', 'utf8'));
}
