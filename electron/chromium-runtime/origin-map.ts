/**
 * Chromium knows no scheme of the application's own, so each of its origins is drawn under an https
 * origin that is reserved for it and cannot exist on any network (RFC 6761): `app://desk` under
 * `https://desk-app.invalid`. Each is a site of its own, hence a process of its own. Main never sees
 * the reserved form.
 */

const RESERVED = /^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)-([a-z][a-z0-9]*)\.invalid$/u;
const HOST = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/u;
const SCHEME = /^[a-z][a-z0-9]*$/u;
/** Schemes that browsers give a meaning of their own. */
const TAKEN = new Set(['http', 'https', 'ws', 'wss', 'file', 'data', 'blob', 'about', 'chrome', 'devtools']);

/** Whether a scheme can be the application's own in this runtime. */
export function isOwnScheme(scheme: string): boolean {
  return SCHEME.test(scheme) && !TAKEN.has(scheme);
}

/** The reserved form of an URL of the application; undefined for any other. */
export function toReserved(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  if (!isOwnScheme(scheme) || !HOST.test(hostname) || port !== '') return undefined;
  if (username !== '' || password !== '') return undefined;
  return `https://${hostname}-${scheme}.invalid${pathname === '' ? '/' : pathname}${search}${hash}`;
}

/** The URL of the application behind a reserved one; undefined for any other. */
export function fromReserved(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url);
  const match = RESERVED.exec(hostname);
  if (protocol !== 'https:' || match === null || port !== '' || username !== '' || password !== '') {
    return undefined;
  }
  const [, host = '', scheme = ''] = match;
  return isOwnScheme(scheme) ? `${scheme}://${host}${pathname}${search}${hash}` : undefined;
}

/** An URL as main sees it: the application's own form where it has one. */
export function shownUrl(url: string): string {
  return fromReserved(url) ?? url;
}

/** An origin as main sees it: `app://desk`, and `null` for one that is opaque. */
export function shownOrigin(origin: string): string {
  const own = fromReserved(`${origin}/`);
  if (own !== undefined) return own.slice(0, -1);
  return URL.canParse(origin) ? new URL(origin).origin : 'null';
}

/** The scheme of an URL, without its colon. */
export function schemeOf(url: string): string {
  return new URL(url).protocol.slice(0, -1);
}
