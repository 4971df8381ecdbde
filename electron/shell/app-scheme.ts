import { readFile } from 'node:fs/promises';
import type { Session } from 'electron';
import { DESK_ORIGIN, DESK_SCHEME } from './origins.ts';
import { serveOrigin } from './serve-origin.ts';
import { staticFilesBelow } from './static-files.ts';

/** Serves the built renderer to the desk window. @param folder holds `index.html` */
export function setupAppScheme(
  session: { readonly protocol: Pick<Session['protocol'], 'handle'> },
  folder: string,
): void {
  const files = staticFilesBelow(folder);
  session.protocol.handle(
    DESK_SCHEME,
    serveOrigin(DESK_ORIGIN, async (pathname) => {
      const known = files.get(pathname);
      return known === undefined
        ? undefined
        : { type: known.type, body: new Uint8Array(await readFile(known.file)) };
    }),
  );
}
