/**
 * The way to a participant directory: https to its own host, or http on this machine, whatever policy allows for nodes.
 * It must never follow a redirect, obey a proxy variable, or send the desk's credentials anywhere else.
 */
import http from 'node:http';
import https from 'node:https';
import type { Policy } from '../../shared/policy.ts';
import { agentOptions } from './agent-options.ts';
import { hostCheck } from './allowed-hosts.ts';
import { exchange, ExchangeFailure } from './http-exchange.ts';
import type { ExchangeOptions, HttpAnswer } from './http-exchange.ts';
import { inWords } from './http-post.ts';
import { parsed } from './json-answer.ts';
import type { Faults } from './network-errors.ts';
import { readTlsFiles } from './tls-files.ts';
import type { TlsFileFaults } from './tls-files.ts';

const MIB = 1024 * 1024;
const AGENT_OPTIONS = agentOptions(4);

const WORDS = {
  list: 'Ask whoever keeps the policy to add the host to "allowedHosts", or correct the address of the directory.',
  plain:
    'Use the https address of the directory. Plain http is for a directory on this machine alone, because the desk shows it the credentials of an administrator.',
};

export interface DirectoryRequest {
  readonly method: ExchangeOptions['method'];
  /** Below the address of the directory, with a slash before it; what is put into it is encoded by the caller. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface DirectoryAnswer {
  /** 200 to 299, or one from 400 to 499 that is the directory's own no: what it means its adapter knows. */
  readonly status: number;
  /** Undefined where the answer is no JSON. */
  readonly json: unknown;
  /** `Set-Cookie`, one each. SECURITY: they may hold a session. */
  readonly cookies: readonly string[];
}

export interface DirectoryLink {
  readonly origin: string;
  readonly host: string;
  /** @throws DeskError of the faults: unreachable, timed out, garbage. The signal's reason on abort. */
  send(request: DirectoryRequest): Promise<DirectoryAnswer>;
  /** Drops all connections. */
  close(): void;
}

export interface DirectoryLinkOptions {
  readonly url: string;
  /** The pinned authority; absolute, null for those of the system. */
  readonly caFile: string | null;
  readonly policy: Pick<Policy, 'allowedHosts' | 'requestTimeoutMs'>;
  readonly faults: Faults;
  readonly tlsFaults: TlsFileFaults;
  /** Largest answer that is read, in bytes. */
  readonly maxResponseBytes?: number;
}

function bodyOf({ json, form }: DirectoryRequest): { body?: string; headers: Record<string, string> } {
  if (form !== undefined) {
    return {
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
  }
  if (json === undefined) return { headers: {} };
  return { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
}

/** @throws DeskError of the faults for what is no answer of a directory. */
function read(host: string, answer: HttpAnswer, timeoutMs: number, faults: Faults): DirectoryAnswer {
  const { status } = answer;
  const cause = { status };
  if (status === 408 || status === 504) throw faults.timedOut(host, timeoutMs, cause);
  if (status === 429 || status >= 500) throw faults.unreachable(host, `HTTP ${status}`, cause);
  if (status >= 300 && status < 400) throw faults.garbage(host, `answered with a redirect (HTTP ${status})`);
  if (status < 200) throw faults.garbage(host, `answered HTTP ${status}`, cause);
  return { status, json: parsed(answer.body), cookies: answer.headers['set-cookie'] ?? [] };
}

/**
 * Connects to nothing yet.
 * @throws DeskError HOST_NOT_ALLOWED; those of `tlsFaults`.
 */
export function openDirectoryLink(options: DirectoryLinkOptions): DirectoryLink {
  const { policy, faults, maxResponseBytes = 4 * MIB } = options;
  const base = options.url.replace(/\/+$/u, '');
  const { host, origin, protocol } = new URL(base);
  const rules = { allowedHosts: policy.allowedHosts, allowPlainHttp: false };
  hostCheck({ rpcUrls: [base] }, rules, WORDS)(new URL(base));
  const files = { certFile: undefined, keyFile: undefined, caFile: options.caFile ?? undefined };
  const tls = readTlsFiles(files, options.tlsFaults);
  // SECURITY: an agent of our own without `proxyEnv`: HTTP_PROXY and its kin are not obeyed.
  const agent =
    protocol === 'https:'
      ? new https.Agent({ ...AGENT_OPTIONS, ...tls, rejectUnauthorized: true })
      : new http.Agent(AGENT_OPTIONS);
  const timeoutMs = policy.requestTimeoutMs;

  return {
    origin,
    host,
    async send(request) {
      const url = new URL(base + request.path);
      for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.append(name, value);
      // SECURITY: a path cannot lead to another origin, whatever an id in it holds.
      if (url.origin !== origin) throw faults.garbage(host, 'would have been left for another address');
      const { body, headers } = bodyOf(request);
      const asked = { url, timeoutMs, maxResponseBytes, faults };
      const answer = await exchange({
        ...asked,
        method: request.method,
        headers: { accept: 'application/json', ...headers, ...request.headers },
        body,
        agent,
        signal: request.signal,
      }).catch((thrown: unknown) => {
        throw thrown instanceof ExchangeFailure ? inWords(thrown, asked) : thrown;
      });
      return read(host, answer, timeoutMs, faults);
    },
    close: () => agent.destroy(),
  };
}
