/** What SQLite and the file system throw, as coded errors for a person. @see https://www.sqlite.org/rescode.html */
import { statfsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { DeskError } from '../../shared/errors.ts';

/** Below this SQLite cannot even grow its shared memory file (32 KiB): an I/O error then means a full disk. */
const LEAST_SPACE = 64 * 1024;

function outOfSpace(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < LEAST_SPACE;
  } catch {
    return false;
  }
}

export function diskFull(folder: string, cause: unknown): DeskError {
  return new DeskError('DISK_FULL', {
    message: `The disk that holds ${folder} is full. Nothing of this step was stored; all before it is kept.`,
    remedy: 'Free some space on this disk, then try again.',
    retry: 'safe',
    cause,
  });
}

export function folderUnusable(folder: string, why: string, cause?: unknown): DeskError {
  return new DeskError('DATA_FOLDER_UNUSABLE', {
    message: `The data folder ${folder} cannot be used: ${why}. Nothing was stored.`,
    remedy: 'Make the folder readable and writable for you, or choose another folder on this machine.',
    retry: 'safe',
    cause,
  });
}

function notAFolder(folder: string, cause: unknown): DeskError {
  return new DeskError('DATA_FOLDER_NOT_A_FOLDER', {
    message: `The data folder ${folder} cannot be used: it, or a part of its path, is a file. Nothing was stored.`,
    remedy: 'Name a folder: in RECOVERY_DESK_DATA, or in the terminal with --data.',
    retry: 'never',
    cause,
  });
}

export function databaseCorrupt(folder: string, why: string, cause?: unknown): DeskError {
  return new DeskError('DATABASE_CORRUPT', {
    message: `The database in ${folder} is damaged (${why}). It was not changed.`,
    remedy: 'Keep the folder as it is, put back the newest backup of it, and try again.',
    retry: 'never',
    cause,
  });
}

export function sqliteCode(thrown: unknown): string | null {
  return thrown instanceof Database.SqliteError ? thrown.code : null;
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'you do not have the rights for it',
  EPERM: 'it belongs to somebody else',
  EROFS: 'its file system is read-only',
  ENOENT: 'it cannot be created there',
  ELOOP: 'its links go round in a circle',
};

export function fileCode(thrown: unknown): string | null {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown ? String(thrown.code) : null;
}

/** The coded error for what the file system threw; anything else comes back as it was. */
export function fileError(thrown: unknown, folder: string): unknown {
  const code = thrown instanceof DeskError ? null : fileCode(thrown);
  if (code === null) return thrown;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, thrown);
  if (code === 'EEXIST' || code === 'ENOTDIR') return notAFolder(folder, thrown);
  return folderUnusable(folder, WORDS[code] ?? code, thrown);
}

/** The coded error for what the store threw; constraint violations and faults of the program come back as they were. */
export function storeError(thrown: unknown, folder: string): unknown {
  const code = sqliteCode(thrown);
  if (code === null) return fileError(thrown, folder);
  if (code === 'SQLITE_FULL') return diskFull(folder, thrown);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return databaseCorrupt(folder, code, thrown);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new DeskError('DATA_FOLDER_IN_USE', {
      message: `Another program holds the database in ${folder}. Nothing of this step was stored.`,
      remedy: 'Close the other program that has the database open, then try again.',
      retry: 'safe',
      cause: thrown,
    });
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return outOfSpace(folder)
      ? diskFull(folder, thrown)
      : folderUnusable(folder, `I/O error ${code}`, thrown);
  }
  if (code.startsWith('SQLITE_READONLY')) return folderUnusable(folder, 'it is read-only', thrown);
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return outOfSpace(folder)
      ? diskFull(folder, thrown)
      : folderUnusable(folder, 'its database cannot be opened', thrown);
  }
  return thrown;
}
