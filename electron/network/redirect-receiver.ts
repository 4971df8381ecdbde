/**
 * Waits on this machine for the browser to come back from the identity provider. The first GET of the redirect path
 * with the right state is the answer; nothing else can end the wait, or take the answer's place.
 * @see RFC 8252, 7.3 and 8.3
 */
import { timingSafeEqual } from 'node:crypto';
import { listenOnLoopback } from './loopback-server.ts';
import { signInEnded } from './provider-errors.ts';
import { sayDone, sayNo } from './redirect-page.ts';

/** To be registered at the provider as http://127.0.0.1/signed-in, for any port or for those of policy. */
const REDIRECT_PATH = '/signed-in';

export interface RedirectReceiver {
  readonly redirectUri: string;
  /**
   * The redirect address with what the provider added.
   * @throws DeskError OIDC_ENDED when nobody came in time, or the caller gave up.
   */
  answer(): Promise<URL>;
  /** Stops waiting. */
  close(): void;
}

export interface RedirectReceiverOptions {
  readonly ports: readonly number[];
  /** A random value that the browser brings back. */
  readonly state: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A parameter that is there twice is nobody's: two readers could take different ones. */
function bringsState(url: URL, state: string): boolean {
  const given = url.searchParams.getAll('state');
  const names = [...url.searchParams.keys()];
  if (given.length !== 1 || new Set(names).size !== names.length) return false;
  const [bytes, expected] = [Buffer.from(given.join()), Buffer.from(state)];
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

/** @throws DeskError OIDC_PORT_TAKEN */
export async function openRedirectReceiver(options: RedirectReceiverOptions): Promise<RedirectReceiver> {
  const { state, timeoutMs, signal } = options;
  const { promise, resolve, reject } = Promise.withResolvers<URL>();
  // Whoever closes before asking for the answer does not want its failure.
  promise.catch(() => undefined);
  let open = true;

  const server = await listenOnLoopback(options.ports, (url, response) => {
    if (!open || url.pathname !== REDIRECT_PATH) return sayNo(response, 404);
    if (!bringsState(url, state)) return sayNo(response, 400);
    sayDone(response);
    stop(() => resolve(url));
  });

  function stop(finish: () => void): void {
    if (!open) return;
    open = false;
    clearTimeout(deadline);
    signal?.removeEventListener('abort', giveUp);
    server.close();
    finish();
  }
  const fail = (what: string): void => stop(() => reject(signInEnded(what)));
  const giveUp = (): void => fail('was given up');
  const late = (): void => fail(`was not finished within ${timeoutMs / 1000} seconds`);
  const deadline = setTimeout(late, timeoutMs);
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted === true) giveUp();

  return { redirectUri: server.origin + REDIRECT_PATH, answer: () => promise, close: giveUp };
}
