/** One HTTP POST of JSON to a node's endpoint. */
import { exchange, ExchangeFailure } from './http-exchange.ts';
import type { ExchangeOptions, HttpAnswer } from './http-exchange.ts';
import { garbage, timedOut, unreachable } from './network-errors.ts';

export type { HttpAnswer } from './http-exchange.ts';
export type PostOptions = Omit<ExchangeOptions, 'method' | 'body'> & { readonly body: string };

/**
 * @throws DeskError ENDPOINT_UNREACHABLE, ENDPOINT_TIMEOUT, ENDPOINT_GARBAGE (answer too large);
 * the signal's reason when the caller gave up.
 */
export async function post(options: PostOptions): Promise<HttpAnswer> {
  const headers = { ...options.headers, 'content-type': 'application/json', accept: 'application/json' };
  try {
    return await exchange({ ...options, method: 'POST', headers });
  } catch (thrown) {
    throw thrown instanceof ExchangeFailure ? inWords(thrown, options) : thrown;
  }
}

function inWords(failure: ExchangeFailure, { url, timeoutMs, maxResponseBytes }: PostOptions): Error {
  switch (failure.kind) {
    case 'unreachable':
      return unreachable(url.host, failure.message, failure.cause);
    case 'timed_out':
      return timedOut(url.host, timeoutMs);
    case 'too_large':
      return garbage(url.host, `answered more than ${maxResponseBytes} bytes`);
  }
}
