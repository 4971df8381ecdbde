/**
 * A server for the person's own browser and nobody else: on 127.0.0.1, for as long as it is awaited, answering plain
 * GET requests that name it by its address, as no page of another name can.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeskError } from '../../shared/errors.ts';
import { portTaken } from './provider-errors.ts';
import { sayNo } from './redirect-page.ts';

/** Milliseconds that somebody has to make their request, and, once it is closed, to read its answer. */
const REQUEST_MS = 5_000;
const LINGER_MS = 2_000;

export interface LoopbackServer {
  /** `http://127.0.0.1:` and the port, without a slash. */
  readonly origin: string;
  /** Stops listening at once; an answer that is being read is read to its end. */
  close(): void;
}

export type AnswerGet = (url: URL, response: ServerResponse) => void;

/**
 * @param ports tried in this order; none for any free one.
 * @throws DeskError OIDC_PORT_TAKEN
 */
export async function listenOnLoopback(ports: readonly number[], answer: AnswerGet): Promise<LoopbackServer> {
  let origin = '';
  // SECURITY: a page of another name that resolves to this machine still says its own name in `host`.
  const server = createServer(
    { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: 1_000 },
    (request, response) => {
      const url = ownUrl(request, origin);
      if (url === null) sayNo(response, 400);
      else answer(url, response);
    },
  );
  // A connection that could not be taken is no reason to end.
  server.on('error', () => undefined);
  origin = `http://127.0.0.1:${await firstFreePort(server, ports)}`;
  return { origin, close: () => closeSoon(server) };
}

function ownUrl(request: IncomingMessage, origin: string): URL | null {
  if (request.method !== 'GET' || request.headers.host !== new URL(origin).host) return null;
  const target = request.url ?? '';
  return target.startsWith('/') ? URL.parse(origin + target) : null;
}

async function firstFreePort(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports.length === 0 ? [0] : ports) {
    const taken = await listen(server, port);
    if (taken !== null) return taken;
  }
  throw portTaken(ports);
}

/** The port, or null where it cannot be had. */
function listen(server: Server, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const failed = (): void => {
      server.off('listening', listening);
      resolve(null);
    };
    const listening = (): void => {
      server.off('error', failed);
      resolve(portOf(server.address()));
    };
    server.once('error', failed);
    server.once('listening', listening);
    // SECURITY: this machine alone can reach it.
    server.listen({ port, host: '127.0.0.1', exclusive: true });
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address !== null && typeof address === 'object') return address.port;
  throw new DeskError('INTERNAL', {
    message: 'A port that was just opened has no number.',
    remedy: 'Try again.',
    retry: 'safe',
  });
}

function closeSoon(server: Server): void {
  server.close();
  // Whoever holds a connection open without asking would else hold the process.
  setTimeout(() => server.closeAllConnections(), LINGER_MS).unref();
}
