import { SECURITY_HEADERS, securityHeaders, type OwnStyles } from './security-headers.ts';

/** What is served at one path. */
export interface Served {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer> | string;
  /** Of a document that holds some. */
  readonly styles?: OwnStyles;
}

/** @returns undefined for a path that nothing is served at. */
export type Find = (pathname: string) => Served | undefined | Promise<Served | undefined>;

/** Answers a request to one origin. */
export type Serve = (request: Request) => Promise<Response>;

/** Answers the requests to one origin from what `find` knows; everything else is refused, with the same headers. */
export function serveOrigin(origin: string, find: Find): Serve {
  return async ({ method, url }) => {
    // SECURITY: documents are read, never written to.
    if (method !== 'GET') return refusal(405);
    const { protocol, host, pathname } = new URL(url);
    // SECURITY: another host of the scheme would be another origin with the same content.
    if (`${protocol}//${host}` !== origin) return refusal(404);
    const served = await find(pathname);
    if (served === undefined) return refusal(404);
    const headers = served.styles === undefined ? SECURITY_HEADERS : securityHeaders(served.styles);
    return new Response(served.body, { headers: { ...headers, 'content-type': served.type } });
  };
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}
