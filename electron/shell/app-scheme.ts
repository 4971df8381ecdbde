import { readFile } from 'node:fs/promises';
import type { Session } from 'electron';
import { DESK_ORIGIN, DESK_SCHEME } from './origins.ts';
import { serveOrigin, type Serve, type Served } from './serve-origin.ts';
import { staticFilesBelow, type StaticFile } from './static-files.ts';

/** Serves the built renderer to the desk window. @param folder holds `index.html` @returns what answers its requests */
export function setupAppScheme(
  session: { readonly protocol: Pick<Session['protocol'], 'handle'> },
  folder: string,
): Serve {
  const files = staticFilesBelow(folder);
  const serve = serveOrigin(DESK_ORIGIN, async (pathname) => {
    const known = files.get(pathname);
    return known === undefined ? undefined : read(known);
  });
  session.protocol.handle(DESK_SCHEME, serve);
  return serve;
}

async function read({ file, type }: StaticFile): Promise<Served> {
  const body = new Uint8Array(await readFile(file));
  return type.startsWith('text/html') ? { type, body, styles: stylesIn(body) } : { type, body };
}

/** The first view's styles are in the document, so that it does not wait for a file of them. */
function stylesIn(document: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(document);
  return [...text.matchAll(/<style>(.*?)<\/style>/gsu)].map(([, style = '']) => style);
}
