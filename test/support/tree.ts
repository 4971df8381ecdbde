import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Source } from './arrows.ts';

/** The folder of this checkout. */
export const projectRoot = path.resolve(import.meta.dirname, '..', '..');

const TOP_FOLDERS = new Set(['electron', 'renderer', 'shared', 'resources', 'test']);
/** Made by tools and kept out of version control. */
const MADE_FOLDERS = new Set(['node_modules', 'out', 'dist', 'coverage']);
const LONGEST = 300;
const KEBAB_FILE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.(?:ts|tsx|mjs|cjs)$/u;

/** Code files below the folder, as paths from the project's root; none where the folder is absent. */
export function codeFilesBelow(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs|cjs|js|jsx)$/u.test(entry.name))
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

export function readSource(file: string): Source {
  return { path: file, text: readFileSync(path.join(projectRoot, file), 'utf8') };
}

/** The folders directly below the root. */
export function topFolders(): string[] {
  return readdirSync(projectRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** The folders that have no place at the top of the house. */
export function strangeFolders(folders: readonly string[]): string[] {
  return folders.filter((name) => !name.startsWith('.') && !TOP_FOLDERS.has(name) && !MADE_FOLDERS.has(name));
}

/** The rules on a file's name and length that it breaks, in words. */
export function shapeFaults(source: Source): string[] {
  const name = path.posix.basename(source.path);
  const lines = source.text.replace(/\n$/u, '').split('\n').length;
  const faults: string[] = [];
  if (!KEBAB_FILE.test(name)) faults.push(`${source.path}: its name is not kebab-case`);
  if (/^(?:electron|shared)\//u.test(source.path) && /^index\.\w+$/u.test(name)) {
    faults.push(`${source.path}: its name does not say what it is for`);
  }
  if (/^(?:electron|shared|renderer)\//u.test(source.path) && lines > LONGEST) {
    faults.push(`${source.path}: ${lines} lines`);
  }
  return faults;
}
