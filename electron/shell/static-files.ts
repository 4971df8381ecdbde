import { readdirSync } from 'node:fs';
import path from 'node:path';
import { contentTypeOf } from './content-types.ts';

/** A file that may be served, under the one path that it is served at. */
export interface StaticFile {
  readonly file: string;
  readonly type: string;
}

/**
 * Every file below a folder that a page may have, by its path in the URL; `/` is its `index.html`.
 * @throws Error where the folder is missing.
 */
// SECURITY: a list made once. No path is ever built from what a page asks for, so none can lead out of the folder.
export function staticFilesBelow(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  collect(folder, '', files);
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

function collect(folder: string, at: string, into: Map<string, StaticFile>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    const type = contentTypeOf(entry.name);
    if (entry.isDirectory()) collect(file, `${at}/${entry.name}`, into);
    // A link could lead anywhere, so it is neither a file nor a folder here.
    else if (entry.isFile() && type !== undefined) into.set(`${at}/${entry.name}`, { file, type });
  }
}
