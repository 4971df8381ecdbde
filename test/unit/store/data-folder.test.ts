import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataFolder, openDataFolder } from '../../../electron/store/data-folder.ts';
import {
  foreignFuse,
  foreignMacMount,
  isUncPath,
  networkDriveOf,
} from '../../../electron/store/network-drive.ts';
import { deskErrorOf } from './desk-under-test.ts';
import { mountedFolder, remount, temporaryFolder } from './temp-folders.ts';

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('the data folder', () => {
  it('is created for its owner alone, with the folders above it, and left empty', () => {
    const folder = path.join(temporaryFolder(), 'a', 'b');
    expect(openDataFolder(folder)).toBe(folder);
    expect(modeOf(folder)).toBe(0o700);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is tightened when others may look into it', () => {
    const folder = path.join(temporaryFolder(), 'wide');
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    openDataFolder(folder);
    expect(modeOf(folder)).toBe(0o700);
  });

  it('is not made of a folder that is shared by design', () => {
    const folder = path.join(temporaryFolder(), 'shared');
    mkdirSync(folder);
    chmodSync(folder, 0o1777);
    expect(deskErrorOf(() => openDataFolder(folder)).code).toBe('DATA_FOLDER_UNUSABLE');
    expect(modeOf(folder)).toBe(0o777);
  });

  it('is refused where a file has its name, or lies on its way', () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, 'kept');
    for (const place of [file, path.join(file, 'deeper'), path.join(file, 'far', 'deeper')]) {
      expect(deskErrorOf(() => openDataFolder(place)).code).toBe('DATA_FOLDER_NOT_A_FOLDER');
    }
  });

  it('that cannot be created says why, and not that it is not there', ({ skip }) => {
    const mount = mountedFolder('size=1m,mode=0700');
    if (mount === null) return skip('this process may not mount a file system');
    remount(mount, 'ro');
    for (const place of [path.join(mount, 'a'), path.join(mount, 'a', 'b')]) {
      const error = deskErrorOf(() => openDataFolder(place));
      expect(error.code).toBe('DATA_FOLDER_UNUSABLE');
      expect(error.message).toContain('its file system is read-only');
    }
    return undefined;
  });

  it('is refused behind a link that leads nowhere', () => {
    const link = path.join(temporaryFolder(), 'link');
    symlinkSync(path.join(link, '..', 'nowhere'), link);
    for (const place of [link, path.join(link, 'deeper')]) {
      const error = deskErrorOf(() => openDataFolder(place));
      expect(error.code).toBe('DATA_FOLDER_UNUSABLE');
      expect(error.message).toContain('it cannot be created there');
    }
  });

  it('is refused on a read-only file system', ({ skip }) => {
    const folder = mountedFolder('size=1m,mode=0700');
    if (folder === null) return skip('this process may not mount a file system');
    remount(folder, 'ro');
    expect(deskErrorOf(() => openDataFolder(folder)).code).toBe('DATA_FOLDER_UNUSABLE');
    return undefined;
  });

  it('is refused on a full disk as such', ({ skip }) => {
    const folder = mountedFolder('size=16k,mode=0700');
    if (folder === null) return skip('this process may not mount a file system');
    expect(() => writeFileSync(path.join(folder, 'filler'), Buffer.alloc(64 * 1024))).toThrow('ENOSPC');
    expect(deskErrorOf(() => openDataFolder(folder)).code).toBe('DISK_FULL');
    expect(readdirSync(folder)).toEqual(['filler']);
    return undefined;
  });

  it('is refused on a network drive before anything is written', () => {
    const folder = path.join(temporaryFolder(), 'share');
    expect(deskErrorOf(() => openDataFolder(folder, () => 'NFS')).code).toBe('DATA_FOLDER_ON_NETWORK');
    expect(existsSync(folder)).toBe(false);
  });

  it('lies where each platform keeps such things', () => {
    expect(defaultDataFolder({}, 'linux', '/home/a')).toBe('/home/a/.local/share/recovery-desk');
    expect(defaultDataFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/home/a')).toBe('/data/recovery-desk');
    const named = { XDG_DATA_HOME: '/data', RECOVERY_DESK_DATA: '/elsewhere' };
    expect(defaultDataFolder(named, 'linux', '/home/a')).toBe('/elsewhere');
    expect(defaultDataFolder({ RECOVERY_DESK_DATA: '' }, 'darwin', '/Users/a')).not.toBe('');
    expect(defaultDataFolder({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/a')).toBe(
      '/home/a/.local/share/recovery-desk',
    );
    expect(defaultDataFolder({}, 'darwin', '/Users/a')).toBe(
      '/Users/a/Library/Application Support/Recovery Desk',
    );
    expect(defaultDataFolder({ APPDATA: 'C:\\Users\\a\\AppData\\Roaming' }, 'win32', 'C:\\Users\\a')).toBe(
      'C:\\Users\\a\\AppData\\Roaming\\Recovery Desk',
    );
  });
});

describe('a network drive', () => {
  it('is not what a folder on this machine lies on', () => {
    expect(networkDriveOf(temporaryFolder())).toBeNull();
  });

  it('is any FUSE mount that is not known to be local', () => {
    const mountinfo = [
      '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
      '40 22 0:50 / /home/a/far\\040away rw - fuse.sshfs host:/ rw',
      '41 22 0:51 / /home/a/vault rw - fuse.gocryptfs /c rw',
      '42 22 8:17 / /media/stick rw - fuseblk /dev/sdb1 rw',
    ].join('\n');
    expect(foreignFuse('/home/a/far away/desk', mountinfo)).toBe('fuse.sshfs');
    expect(foreignFuse('/home/a/vault', mountinfo)).toBeNull();
    expect(foreignFuse('/media/stick/desk', mountinfo)).toBeNull();
    expect(foreignFuse('/home/a/vaulted', mountinfo)).toBe('ext4');
  });

  it('is what macOS does not call local', () => {
    const output = [
      '/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)',
      '//a@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by a)',
    ].join('\n');
    expect(foreignMacMount('/Volumes/share/desk', output)).toBe('smbfs');
    expect(foreignMacMount('/Users/a/desk', output)).toBeNull();
  });

  it('is a UNC path on Windows, in each of its forms', () => {
    expect(['\\\\server\\share', '//server/share', '\\\\?\\UNC\\server\\share'].map(isUncPath)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['C:\\desk', '\\\\?\\C:\\desk', '\\\\.\\C:\\desk', '\\desk'].map(isUncPath)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
