/**
 * Hands the browser an address that holds a token, without the address being an argument of a program, which every
 * user of the machine could read: the browser is given a one-time address on this machine, and is sent on from there.
 */
import { randomBytes } from 'node:crypto';
import { listenOnLoopback } from './loopback-server.ts';
import { sayNo, sendOn } from './redirect-page.ts';

export interface BrowserHandOver {
  /** What to open. Good for one request. */
  readonly url: string;
  /** True when the browser was sent on, false when nobody came in time or it was closed. */
  readonly taken: Promise<boolean>;
  close(): void;
}

/** @throws DeskError OIDC_PORT_TAKEN where the machine has no free port. */
export async function openBrowserHandOver(target: URL, timeoutMs: number): Promise<BrowserHandOver> {
  const path = `/${randomBytes(32).toString('base64url')}`;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let open = true;
  const server = await listenOnLoopback([], (url, response) => {
    if (!open || url.pathname !== path) return sayNo(response, 404);
    open = false;
    // Not before the browser has its answer: with that, this process may end.
    response.once('close', () => stop(response.writableFinished));
    sendOn(response, target);
  });
  function stop(taken: boolean): void {
    open = false;
    clearTimeout(deadline);
    server.close();
    resolve(taken);
  }
  const deadline = setTimeout(() => stop(false), timeoutMs);
  return { url: server.origin + path, taken: promise, close: () => stop(false) };
}
