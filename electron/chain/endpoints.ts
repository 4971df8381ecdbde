/**
 * One chain behind several endpoints. Reads are repeated and move on to the next endpoint; sends are not.
 * An endpoint shows its chain id before its first use and again after each failed connection.
 */
import { DeskError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { abortableDelay } from './abortable-delay.ts';
import { chainIdMismatch, isBusy } from './chain-errors.ts';
import { openRpcClient } from './json-rpc.ts';
import type { RpcClient } from './json-rpc.ts';
import type { Network } from './needs.ts';
import { quantity } from './wire-values.ts';

const FIRST_BACKOFF_MS = 150;
const LONGEST_BACKOFF_MS = 3_000;
const CONNECTION_FAULTS: readonly ErrorCode[] = [
  'ENDPOINT_UNREACHABLE',
  'ENDPOINT_TIMEOUT',
  'ENDPOINT_REFUSED',
  'ENDPOINT_GARBAGE',
];

interface Endpoint {
  readonly client: RpcClient;
  /** Set while the chain id has been shown and the connection held since. */
  verified: Promise<void> | null;
}

/** `impatient` reads are not repeated where the answer seems too heavy: it took too long or made no sense. */
export type Patience = 'patient' | 'impatient';

export interface Endpoints {
  /** @throws RpcError; DeskError ENDPOINT_*, CHAIN_ID_MISMATCH, HOST_NOT_ALLOWED. */
  read(method: string, params: readonly unknown[], patience?: Patience): Promise<unknown>;
  /** Asks once. Where no answer came the error says `unsafe`: it may have had its effect. */
  send(method: string, params: readonly unknown[]): Promise<unknown>;
  assertChainId(): Promise<void>;
}

export interface EndpointsOptions {
  readonly urls: readonly string[];
  readonly chainId: number;
  readonly readRetries: number;
  readonly network: Network;
  /** Ends everything under way. */
  readonly signal: AbortSignal;
}

function isConnectionFault(error: unknown): error is DeskError {
  return error instanceof DeskError && CONNECTION_FAULTS.includes(error.code);
}

function isHeavyAnswer(error: unknown): boolean {
  return (
    error instanceof DeskError && (error.code === 'ENDPOINT_TIMEOUT' || error.code === 'ENDPOINT_GARBAGE')
  );
}

/** A send without an answer may have had its effect. */
function unsure(error: unknown): unknown {
  if (!isConnectionFault(error) || error.code === 'ENDPOINT_REFUSED') return error;
  return new DeskError(error.code, {
    message: `${error.message} Whether the transaction arrived is not known.`,
    remedy: 'Look for the transaction on the chain before anything else is sent.',
    retry: 'unsafe',
    cause: error.cause,
  });
}

export function openEndpoints(options: EndpointsOptions): Endpoints {
  const { chainId, readRetries, network, signal } = options;
  const endpoints = options.urls.map((url): Endpoint => ({
    client: openRpcClient({ post: (body) => network.postJson(url, body, { signal }) }),
    verified: null,
  }));
  const attempts = Math.max(readRetries + 1, endpoints.length);
  let current = 0;

  function currentEndpoint(): Endpoint {
    const endpoint = endpoints[current];
    if (endpoint === undefined) throw new RangeError('a chain needs an endpoint');
    return endpoint;
  }

  async function showChainId(endpoint: Endpoint): Promise<void> {
    const found = quantity(await endpoint.client.request('eth_chainId', [], 'read'), 'the chain id');
    if (found !== BigInt(chainId)) throw chainIdMismatch(chainId, found);
  }

  async function verify(endpoint: Endpoint): Promise<void> {
    const shown = (endpoint.verified ??= showChainId(endpoint));
    try {
      await shown;
    } catch (error) {
      if (endpoint.verified === shown) endpoint.verified = null;
      throw error;
    }
  }

  /** The next endpoint's turn, unless another request already moved on. */
  function leave(endpoint: Endpoint, error: unknown): void {
    if (!isBusy(error)) endpoint.verified = null;
    if (endpoints[current] === endpoint) current = (current + 1) % endpoints.length;
  }

  function mayPass(error: unknown): boolean {
    if (isBusy(error)) return true;
    if (!isConnectionFault(error)) return false;
    return error.code !== 'ENDPOINT_REFUSED' || endpoints.length > 1;
  }

  async function repeat<T>(patience: Patience, work: (endpoint: Endpoint) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      const endpoint = currentEndpoint();
      try {
        return await work(endpoint);
      } catch (error) {
        signal.throwIfAborted();
        const heavy = patience === 'impatient' && isHeavyAnswer(error);
        if (!heavy && (mayPass(error) || isMismatch(error))) leave(endpoint, error);
        if (heavy || !mayPass(error) || attempt >= attempts) throw error;
      }
      if (attempt % endpoints.length === 0) {
        const round = attempt / endpoints.length - 1;
        await abortableDelay(Math.min(FIRST_BACKOFF_MS * 2 ** round, LONGEST_BACKOFF_MS), signal);
      }
    }
  }

  return {
    read(method, params, patience = 'patient') {
      return repeat(patience, async (endpoint) => {
        await verify(endpoint);
        return endpoint.client.request(method, params, 'read');
      });
    },
    async send(method, params) {
      const endpoint = await repeat('patient', async (endpoint) => {
        await verify(endpoint);
        return endpoint;
      });
      try {
        return await endpoint.client.request(method, params, 'send');
      } catch (error) {
        signal.throwIfAborted();
        if (isConnectionFault(error)) leave(endpoint, error);
        throw unsure(error);
      }
    },
    assertChainId() {
      return repeat('patient', async (endpoint) => {
        endpoint.verified = null;
        await verify(endpoint);
      });
    },
  };
}

function isMismatch(error: unknown): boolean {
  return error instanceof DeskError && error.code === 'CHAIN_ID_MISMATCH';
}
