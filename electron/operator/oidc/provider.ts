/**
 * The team's identity provider as it describes itself, held against what policy says of it. The library is loaded when
 * somebody signs in, and not before.
 * @see OpenID Connect Discovery 1.0, 4; RFC 8414, 3.3
 */
import type * as openid from 'openid-client';
import type { Configuration } from 'openid-client';
import { DeskError } from '../../../shared/errors.ts';
import type { OidcPolicy, Policy } from '../../../shared/policy.ts';
import { isBrowserAddress } from '../../network/browser-address.ts';
import { openProviderConnection } from '../../network/provider-connection.ts';
import type { ProviderConnection } from '../../network/provider-connection.ts';
import { providerUnavailable, signInEnded } from '../../network/provider-errors.ts';
import { asOidcError } from './library-faults.ts';
import { untrusted } from './refusals.ts';

// SECURITY: public keys alone. With HS256 whoever knows the client could sign; `none` is no signature.
export const SIGNATURES: readonly string[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];

const NEEDED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;
const OPTIONAL = ['end_session_endpoint', 'revocation_endpoint'] as const;

export type OpenIdLibrary = typeof openid;

export interface Provider {
  readonly issuer: string;
  /** As it may be named in an error. */
  readonly host: string;
  readonly clientId: string;
  readonly clockToleranceSeconds: number;
  readonly library: OpenIdLibrary;
  readonly configuration: Configuration;
  offers(endpoint: (typeof OPTIONAL)[number]): boolean;
  /** Ends what is under way. */
  close(): void;
}

export type NetworkRules = Pick<Policy, 'allowedHosts' | 'requestTimeoutMs'>;

/**
 * Reads the provider's description.
 * @throws DeskError OIDC_UNAVAILABLE; OIDC_ENDED when the caller gave up; OIDC_UNTRUSTED where the description names
 * another issuer, be it by a slash at the end, a host that is not allowed, or no kind of signature that is accepted;
 * HOST_NOT_ALLOWED for the issuer itself.
 */
export async function discoverProvider(
  oidc: OidcPolicy,
  rules: NetworkRules,
  signal?: AbortSignal,
): Promise<Provider> {
  const connection = openProviderConnection({ issuer: oidc.issuer, policy: rules });
  const giveUp = (): void => connection.close();
  signal?.addEventListener('abort', giveUp, { once: true });
  const { host } = new URL(oidc.issuer);
  try {
    const library = await import('openid-client');
    const configuration = await configure(library, oidc, rules, connection);
    return {
      issuer: configuration.serverMetadata().issuer,
      host,
      clientId: oidc.clientId,
      clockToleranceSeconds: oidc.clockToleranceSeconds,
      library,
      configuration,
      offers: (endpoint) => configuration.serverMetadata()[endpoint] !== undefined,
      close: giveUp,
    };
  } catch (thrown) {
    connection.close();
    throw signal?.aborted === true ? signInEnded('was given up') : asOidcError(thrown, host);
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

async function configure(
  library: OpenIdLibrary,
  oidc: OidcPolicy,
  rules: NetworkRules,
  connection: ProviderConnection,
): Promise<Configuration> {
  const issuer = new URL(oidc.issuer);
  // The connection has a time limit of its own, which policy names; the library's comes after it.
  const timeout = Math.ceil(rules.requestTimeoutMs / 1000) + 5;
  // SECURITY: this takes off the library's check for https; the connection has a stricter one, by host.
  const execute = issuer.protocol === 'http:' ? [library.allowInsecureRequests] : [];
  const options = { execute, timeout, [library.customFetch]: connection.fetch };
  const found = await library.discovery(issuer, oidc.clientId, undefined, library.None(), options);
  const metadata = found.serverMetadata();
  // SECURITY: identical, as discovery asks for; the library lets some providers name another issuer, and does not see
  // a slash at the end.
  if (metadata.issuer !== oidc.issuer) {
    throw untrusted('its description names another issuer than the policy, to the letter');
  }
  checkEndpoints(metadata, connection, issuer.host);
  checkMethods(metadata.code_challenge_methods_supported, issuer.host);

  const signatures = (metadata.id_token_signing_alg_values_supported ?? ['RS256']).filter((name) =>
    SIGNATURES.includes(name),
  );
  if (signatures.length === 0) throw untrusted('it signs id tokens in no way that is accepted');
  // `supportsPKCE` is a function that the library puts on what it hands out.
  const pinned = {
    ...metadata,
    supportsPKCE: undefined,
    id_token_signing_alg_values_supported: signatures,
  };
  const client = { [library.clockTolerance]: oidc.clockToleranceSeconds };
  const configuration = new library.Configuration(pinned, oidc.clientId, client, library.None());
  configuration.timeout = timeout;
  configuration[library.customFetch] = connection.fetch;
  for (const apply of execute) apply(configuration);
  // SECURITY: without this the library takes an id token on the strength of the connection it came over.
  library.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** SECURITY: a description that was tampered with must not lead codes and tokens, or the browser, elsewhere. */
function checkEndpoints(
  metadata: Readonly<Record<string, unknown>>,
  connection: ProviderConnection,
  host: string,
): void {
  for (const key of [...NEEDED, ...OPTIONAL]) {
    const value = metadata[key];
    if (value === undefined) {
      if (NEEDED.some((needed) => needed === key)) {
        throw providerUnavailable(host, `describes itself without "${key}"`);
      }
      continue;
    }
    if (typeof value !== 'string' || !isBrowserAddress(value)) {
      throw untrusted(`its description names no usable address as "${key}"`);
    }
    assertListed(key, new URL(value), connection);
  }
}

function assertListed(key: string, url: URL, connection: ProviderConnection): void {
  try {
    connection.assertAllowed(url);
  } catch {
    throw new DeskError('OIDC_UNTRUSTED', {
      message: `The identity provider names ${url.host} as its "${key}", which is not the issuer's own host, nor on the list of allowed hosts. Nothing was sent there.`,
      remedy: 'If that is right, ask whoever keeps the policy to list all its hosts in "allowedHosts".',
      retry: 'never',
    });
  }
}

/** Some providers do what they do not list; one that lists others does not do it. */
function checkMethods(methods: readonly string[] | undefined, host: string): void {
  if (methods !== undefined && !methods.includes('S256')) {
    throw providerUnavailable(host, 'does not bind a sign-in to the desk that began it (PKCE with S256)');
  }
}
