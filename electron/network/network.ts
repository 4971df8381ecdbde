/**
 * The network room: the only one that opens connections, and the one that knows which hosts are allowed.
 * It must never follow a redirect, obey a proxy variable of the environment, send the profile's credentials to
 * another origin than the profile's, or put a path, a header or a secret into an error.
 */
import http from 'node:http';
import https from 'node:https';
import type { NetworkProfile } from '../../shared/network-profile.ts';
import type { Policy } from '../../shared/policy.ts';
import { agentOptions } from './agent-options.ts';
import { hostCheck } from './allowed-hosts.ts';
import { readCredentials } from './credentials.ts';
import { post } from './http-post.ts';
import { readAnswer } from './json-answer.ts';
import { endpointFaults } from './network-errors.ts';

const MIB = 1024 * 1024;
const AGENT_OPTIONS = agentOptions(16);

export interface Network {
  /**
   * Posts JSON and answers the parsed JSON, whatever its HTTP status where a node says an error that way.
   * @throws DeskError HOST_NOT_ALLOWED, ENDPOINT_UNREACHABLE, ENDPOINT_TIMEOUT, ENDPOINT_REFUSED,
   * ENDPOINT_GARBAGE; where an HTTP status was the reason, `cause` is `{ status }`. The signal's reason on abort.
   */
  postJson(
    url: string,
    body: unknown,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<unknown>;
  /** Drops all connections. */
  close(): void;
}

export interface NetworkOptions {
  readonly profile: Pick<NetworkProfile, 'rpcUrls' | 'auth'>;
  readonly policy: Pick<Policy, 'allowedHosts' | 'allowPlainHttp' | 'requestTimeoutMs'>;
  /** The folder that file names in the profile start at. */
  readonly profileDir: string;
  /** Largest answer that is read, in bytes. */
  readonly maxResponseBytes?: number;
}

/**
 * Opens nothing yet: reads the credentials that the profile names and prepares the connections.
 * @throws DeskError FILE_UNREADABLE or PROFILE_INVALID for the credentials.
 */
export function openNetwork(options: NetworkOptions): Network {
  const { profile, policy, profileDir, maxResponseBytes = 64 * MIB } = options;
  const assertAllowed = hostCheck(profile, policy);
  const credentials = readCredentials(profile.auth, profileDir);
  const ownOrigins = new Set(profile.rpcUrls.map((text) => new URL(text).origin));
  // SECURITY: agents of our own without `proxyEnv`: HTTP_PROXY and its kin are not obeyed.
  const plain = new http.Agent(AGENT_OPTIONS);
  const tls = new https.Agent(AGENT_OPTIONS);
  const ownTls = new https.Agent({ ...AGENT_OPTIONS, ...credentials.tls });

  return {
    async postJson(text, body, { signal } = {}) {
      const url = new URL(text);
      assertAllowed(url);
      // SECURITY: the profile's credentials go to the profile's origins alone.
      const own = ownOrigins.has(url.origin);
      const answer = await post({
        url,
        body: JSON.stringify(body),
        headers: own ? credentials.headers : {},
        agent: url.protocol === 'http:' ? plain : own ? ownTls : tls,
        timeoutMs: policy.requestTimeoutMs,
        maxResponseBytes,
        signal,
        faults: endpointFaults,
      });
      return readAnswer(url.host, answer, policy.requestTimeoutMs, endpointFaults);
    },
    close() {
      for (const agent of [plain, tls, ownTls]) agent.destroy();
    },
  };
}
