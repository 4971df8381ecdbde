/**
 * One way through the browser and back: authorization code with PKCE. State, nonce and verifier are made for it, used
 * once, and forgotten.
 * @see RFC 6749, 4.1; RFC 7636; RFC 8252; OpenID Connect Core 1.0, 3.1
 */
import type { OidcPolicy } from '../../../shared/policy.ts';
import { isBrowserAddress } from '../../network/browser-address.ts';
import { signInEnded } from '../../network/provider-errors.ts';
import { openRedirectReceiver } from '../../network/redirect-receiver.ts';
import type { RedirectReceiver } from '../../network/redirect-receiver.ts';
import { believedClaims } from './id-token.ts';
import type { Claims, Freshness, Tokens } from './id-token.ts';
import { asOidcError } from './library-faults.ts';
import type { OpenExternal } from './needs.ts';
import type { Provider } from './provider.ts';
import { untrusted } from './refusals.ts';

export interface AuthorizationRequest {
  readonly policy: Pick<OidcPolicy, 'redirectPorts' | 'signInSeconds'>;
  readonly scopes: readonly string[];
  /** Parameters of OpenID Connect, such as `prompt` and `max_age`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly proof: Freshness['proof'];
  readonly openExternal: OpenExternal;
  readonly signal?: AbortSignal | undefined;
}

export interface Authorization {
  readonly tokens: Tokens;
  readonly claims: Claims;
  readonly nonce: string;
}

/** @throws DeskError OIDC_PORT_TAKEN, OIDC_ENDED, OIDC_DENIED, OIDC_UNTRUSTED, OIDC_UNAVAILABLE */
export async function authorize(provider: Provider, request: AuthorizationRequest): Promise<Authorization> {
  const { library, configuration } = provider;
  const { policy, signal } = request;
  const [state, nonce, verifier] = [
    library.randomState(),
    library.randomNonce(),
    library.randomPKCECodeVerifier(),
  ];
  const timeoutMs = policy.signInSeconds * 1000;
  const receiver = await openRedirectReceiver({ ports: policy.redirectPorts, state, timeoutMs, signal });
  // SECURITY: closing the connections ends a request of the token that is under way.
  const giveUp = (): void => provider.close();
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    const requestedAt = Math.floor(Date.now() / 1000);
    const url = library.buildAuthorizationUrl(configuration, {
      ...request.parameters,
      redirect_uri: receiver.redirectUri,
      scope: request.scopes.join(' '),
      state,
      nonce,
      code_challenge: await library.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    signal?.throwIfAborted();
    const answer = await viaBrowser(url, request.openExternal, receiver);
    const tokens = await library.authorizationCodeGrant(configuration, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    return { tokens, claims: believedClaims(tokens, provider, { requestedAt, proof: request.proof }), nonce };
  } catch (thrown) {
    throw signal?.aborted === true ? signInEnded('was given up') : asOidcError(thrown, provider.host);
  } finally {
    signal?.removeEventListener('abort', giveUp);
    receiver.close();
  }
}

/**
 * Whether the browser was opened is known late, or never: the person may be back before.
 * @throws DeskError OIDC_UNTRUSTED, OIDC_ENDED
 */
function viaBrowser(url: URL, openExternal: OpenExternal, receiver: RedirectReceiver): Promise<URL> {
  // SECURITY: the provider's description named this address, and its host was checked then.
  if (!isBrowserAddress(url.href))
    throw untrusted('its login page has no address that a browser may be sent to');
  const opened = openExternal(url.href).then(
    () => receiver.answer(),
    () => {
      throw signInEnded('could not begin, because no browser could be opened');
    },
  );
  return Promise.race([receiver.answer(), opened]);
}
