import type { Session } from 'electron';

type Requests = Pick<Session['webRequest'], 'onBeforeRequest'>;

/**
 * A page reaches nothing but its own scheme, even where its process was taken over and its policy no longer binds it.
 * Main's own connections are made elsewhere and are not concerned.
 */
export function setupPageNetwork(session: { readonly webRequest: Requests }, scheme: string): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    // SECURITY: this is decided in main, out of the page's reach.
    answer({ cancel: !url.startsWith(`${scheme}://`) && !url.startsWith('data:') });
  });
}
