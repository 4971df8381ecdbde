/**
 * The connection to an identity provider, in the shape of the Fetch API that OpenID libraries ask for, under the rules
 * of this room: hosts that are allowed and no other, https (http to this machine alone, whatever policy allows for
 * nodes), no redirect, no proxy, no credentials of a network profile, limits on time and size.
 *
 * Which hosts: those of policy's "allowedHosts"; where policy has no such list, the issuer's host and port and nothing
 * else, whatever the provider's own description names. A list is taken as it is: the issuer has to be on it, too.
 */
import http from 'node:http';
import https from 'node:https';
import type { Policy } from '../../shared/policy.ts';
import { agentOptions } from './agent-options.ts';
import { hostCheck, isLoopback, portOf } from './allowed-hosts.ts';
import type { HostRemedies } from './allowed-hosts.ts';
import { exchange, ExchangeFailure } from './http-exchange.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { providerUnavailable } from './provider-errors.ts';

/** The largest answers are key sets, of a few KiB. */
const MAX_RESPONSE_BYTES = 512 * 1024;
const AGENT_OPTIONS = agentOptions(4);
/** Statuses that the Fetch API allows no body for. */
const BODILESS = new Set([204, 205, 304]);
/** Request timeout, too many requests: the provider's trouble, not an answer of its protocol. */
const PASSING = new Set([408, 429]);

const REMEDIES: HostRemedies = {
  list: 'Ask whoever keeps the policy to add the host to "allowedHosts", or to correct "issuer" under "oidc".',
  plain:
    'Ask whoever keeps the policy to name the https address of the identity provider. Plain http is for one on this machine alone.',
};

/** What OpenID libraries give to a fetch function. */
export interface ProviderRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

export interface ProviderConnection {
  /**
   * @throws DeskError HOST_NOT_ALLOWED, OIDC_UNAVAILABLE (unreachable, late, too large, a redirect); the signal's
   * reason when the caller gave up.
   */
  readonly fetch: (url: string, request: ProviderRequest) => Promise<Response>;
  /** @throws DeskError HOST_NOT_ALLOWED for an address that would not be connected to. */
  assertAllowed(url: URL): void;
  /** Ends what is under way, and drops all connections. */
  close(): void;
}

export interface ProviderConnectionOptions {
  readonly issuer: string;
  readonly policy: Pick<Policy, 'allowedHosts' | 'requestTimeoutMs'>;
}

function providerHosts(issuer: URL, allowedHosts: Policy['allowedHosts']): readonly string[] {
  const own = `${issuer.hostname}:${portOf(issuer)}`;
  if (allowedHosts === null) return [own];
  return isLoopback(issuer.hostname) ? [...allowedHosts, own] : allowedHosts;
}

function methodOf(method: string): 'GET' | 'POST' {
  if (method === 'GET' || method === 'POST') return method;
  throw new TypeError(`${method} is no request that a sign-in needs`);
}

function bodyOf(body: unknown): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof URLSearchParams) return String(body);
  throw new TypeError('a sign-in sends forms alone');
}

function asResponse({ status, headers, body }: HttpAnswer): Response {
  const kept = ['content-type', 'www-authenticate'].flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return new Response(BODILESS.has(status) ? null : body, { status, headers: kept });
}

function inWords(failure: ExchangeFailure, host: string): Error {
  switch (failure.kind) {
    case 'unreachable':
      return providerUnavailable(host, `cannot be reached (${failure.message})`);
    case 'timed_out':
      return providerUnavailable(host, `did not answer in time (${failure.message})`);
    case 'too_large':
      return providerUnavailable(
        host,
        `answered more than ${failure.message}, which is no answer to a sign-in`,
      );
  }
}

/** Opens nothing yet. */
export function openProviderConnection(options: ProviderConnectionOptions): ProviderConnection {
  const { requestTimeoutMs: timeoutMs, allowedHosts } = options.policy;
  const hosts = providerHosts(new URL(options.issuer), allowedHosts);
  const rules = { allowedHosts: [...hosts], allowPlainHttp: false };
  const assertAllowed = hostCheck({ rpcUrls: [] }, rules, REMEDIES);
  // SECURITY: agents of our own without `proxyEnv`: HTTP_PROXY and its kin are not obeyed.
  const plain = new http.Agent(AGENT_OPTIONS);
  const tls = new https.Agent(AGENT_OPTIONS);

  return {
    assertAllowed,
    async fetch(text, { method, headers, body, signal }) {
      const url = new URL(text);
      assertAllowed(url);
      const agent = url.protocol === 'https:' ? tls : plain;
      const request = {
        url,
        method: methodOf(method),
        headers,
        body: bodyOf(body),
        agent,
        timeoutMs,
        signal,
      };
      const answer = await exchange({ ...request, maxResponseBytes: MAX_RESPONSE_BYTES }).catch(
        (thrown: unknown) => {
          throw thrown instanceof ExchangeFailure ? inWords(thrown, url.host) : thrown;
        },
      );
      if (answer.status >= 300 && answer.status < 400) {
        throw providerUnavailable(url.host, `answered with a redirect (HTTP ${answer.status})`);
      }
      if (answer.status < 200 || answer.status >= 500 || PASSING.has(answer.status)) {
        throw providerUnavailable(url.host, `answered HTTP ${answer.status}`);
      }
      return asResponse(answer);
    },
    close() {
      for (const agent of [plain, tls]) agent.destroy();
    },
  };
}
